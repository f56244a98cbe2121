// The funnel: drawn and as a table, five results, losses; each figure opens its deals, and a deal that moves moves it.
import { claim, same } from "../claims.mjs";
import { openWindow, picture, settled, soundFor } from "../browser.mjs";
import { Caller, OWNER, startServer } from "../server.mjs";

async function firm(program) {
  const server = await startServer(program);
  const setUp = { token: server.token, firm: server.firm, user: OWNER, example: false };
  await new Caller(server.base).post("/api/setup", setUp);
  const owner = await server.caller();
  const stages = (await owner.get("/api/stage?sort=place&limit=200")).items;
  const of = (code) => stages.find((each) => each.code === code).id;
  const made = [];
  for (const code of ["lead", "lead", "lead", "needs", "terms", "won"])
    made.push(await owner.post("/api/deal", { name: `Воронка ${code}`, amount: "1000", stage_id: of(code) }));
  return { server, owner, of, made };
}

export default async function story({ browser, program }) {
  const { server, owner, of, made } = await firm(program);
  const { page, faults, close } = await openWindow(browser, server, { as: OWNER });
  const stage = page.getByRole("link", { name: /Согласование условий/ });
  await claim("the rail leads to the funnel, which says how many deals came to each stage", async () => {
    await page.getByRole("navigation", { name: "Разделы" }).getByRole("link", { name: "Воронка" }).click();
    await stage.waitFor();
    await settled(page);
    same(await stage.locator("b").innerText(), "2");
    await page.getByRole("heading", { name: "Пять результатов" }).waitFor();
    await picture(page, "funnel");
    await soundFor(page, "the funnel");
  });
  await claim("a deal that moves shows without a reload", async () => {
    await owner.patch(`/api/deal/${made[3].id}`, { stage_id: of("terms") });
    await stage.locator("b", { hasText: "3" }).waitFor();
  });
  await claim("what was lost nobody knows where has a row, and the table adds up", async () => {
    const reason = (await owner.get("/api/reason?limit=1")).items[0].id;
    await owner.post("/api/deal", { name: "Потеряна", amount: "500", stage_id: of("lost"), reason_id: reason });
    const table = page.getByRole("region", { name: "По этапам" }).getByRole("table");
    const row = table.getByRole("row", { name: /^не сказано/ });
    await row.getByRole("link", { name: "1", exact: true }).waitFor();
    const sums = await table.locator("tfoot tr td, tfoot tr th").allInnerTexts();
    same(`${sums.at(0)} ${sums.at(1)}`, "Всего 7");
  });
  await claim("a figure opens to exactly its deals", async () => {
    await stage.click();
    await page.getByRole("heading", { name: "Сделки" }).waitFor();
    await page.getByText("3 сделки").first().waitFor();
  });
  await claim("and nothing went wrong meanwhile", () => same(faults.join("; "), "", "faults"));
  await close();
  const phone = await openWindow(browser, server, { as: OWNER, width: 390, height: 844, touch: true, dark: true });
  await claim("on a phone, in the dark, it stands as well", async () => {
    await phone.page.goto("/funnel");
    await phone.page.getByRole("link", { name: /Согласование условий/ }).waitFor();
    await settled(phone.page);
    await picture(phone.page, "funnel phone");
    await soundFor(phone.page, "funnel phone");
    const wide = await phone.page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    same(wide <= 0, true, "it fits");
  });
  await phone.close();
  await server.stop();
}
