// A deal on its way: moved by a press, lost with a reason, followed until it is paid and shipped.
import { claim, holds, same } from "../claims.mjs";
import { openWindow, picture, settled, soundFor } from "../browser.mjs";
import { Caller, OWNER, startServer } from "../server.mjs";

async function firm(program) {
  const server = await startServer(program);
  const setUp = { token: server.token, firm: server.firm, user: OWNER, example: false };
  await new Caller(server.base).post("/api/setup", setUp);
  const owner = await server.caller();
  const client = await owner.post("/api/client", { name: "Ромашка", kind: "organisation" });
  const deal = await owner.post("/api/deal", {
    name: "Ремонт цеха",
    client_id: client.id,
    amount: "100000",
    settlements: [
      { kind: "contract", day: "2026-02-02", amount: "100000" },
      { kind: "payment", day: "2026-02-10", amount: "60000" },
      { kind: "shipment", day: "2026-02-12", amount: "40000" },
    ],
  });
  return { server, owner, client, deal };
}

const left = async (page, label) =>
  (await page.locator("dl > div", { hasText: label }).locator("dd").innerText()).replace(/\s/g, "");

export default async function story({ browser, program }) {
  const { server, owner, client, deal } = await firm(program);
  const { page, faults, close } = await openWindow(browser, server, { as: OWNER });
  await claim("asc_10 a deal's card says what is left to pay and to ship", async () => {
    await page.goto(`/deals/${deal.id}`);
    await page.getByRole("heading", { name: "Ремонт цеха" }).waitFor();
    holds((await left(page, "Осталось оплатить")).startsWith("40000"), "40,000 to pay");
    holds((await left(page, "Осталось отгрузить")).startsWith("60000"), "60,000 to ship");
    await settled(page);
    await picture(page, "deal");
    await soundFor(page, "deal");
  });
  await claim("a press moves it to a stage", async () => {
    await page.getByRole("button", { name: "Предложение", exact: true }).click();
    await page.locator("[aria-current=step]", { hasText: "Предложение" }).waitFor();
    same((await owner.get(`/api/deal/${deal.id}`)).state, "open", "the state");
  });
  await claim(
    "losing it offers the reasons at once, and is refused where it is to a rival and none is named",
    async () => {
      await page.getByRole("button", { name: "Проиграна", exact: true }).click();
      const dialog = page.getByRole("dialog");
      await settled(page);
      await picture(page, "deal losing");
      await page.getByRole("option", { name: "Ушёл к конкуренту" }).click();
      await dialog.getByRole("button", { name: "Проиграна", exact: true }).click();
      await dialog.getByText("Укажите, кому проиграна").waitFor();
      await picture(page, "deal lost");
      await dialog.getByLabel("Кому проиграна", { exact: true }).fill("Вектор");
      await dialog.getByRole("button", { name: "Проиграна", exact: true }).click();
      await dialog.waitFor({ state: "detached" });
      const now = await owner.get(`/api/deal/${deal.id}`);
      same(`${now.state} ${now.rival}`, "lost Вектор", "the deal");
    },
  );
  await claim("its client's card has it, and the list of deals", async () => {
    await page.goto(`/clients/${client.id}`);
    await page.getByRole("link", { name: "Ремонт цеха" }).waitFor();
    await settled(page);
    await picture(page, "client deals");
    await page.goto("/deals");
    await page.getByText("Ремонт цеха").first().waitFor();
    await settled(page);
    await picture(page, "deals");
    await soundFor(page, "deals");
  });
  await claim("and nothing went wrong meanwhile", () => same(faults.join("; "), "", "faults"));
  await close();
  const phone = await openWindow(browser, server, { as: OWNER, width: 390, height: 844, touch: true, dark: true });
  await claim("on a phone, in the dark, it stands as well", async () => {
    await phone.page.goto(`/deals/${deal.id}`);
    await phone.page.getByRole("heading", { name: "Ремонт цеха" }).waitFor();
    await settled(phone.page);
    await picture(phone.page, "deal phone");
    await soundFor(phone.page, "deal phone");
    const wide = await phone.page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    same(wide <= 0, true, "it fits");
  });
  await phone.close();
  await server.stop();
}
