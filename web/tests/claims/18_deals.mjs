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
  const roles = (await owner.get("/api/role?limit=200")).items;
  const anna = await owner.post("/api/user", {
    name: "Анна Кузнецова",
    login: "anna",
    role_id: roles.find((role) => role.name_key === "role.sales_manager").id,
  });
  const deal = await owner.post("/api/deal", {
    keeper_id: anna.id,
    name: "Ремонт цеха",
    client_id: client.id,
    amount: "100000",
    settlements: [
      { kind: "contract", day: "2026-02-02", amount: "100000" },
      { kind: "payment", day: "2026-02-10", amount: "60000" },
      { kind: "shipment", day: "2026-02-12", amount: "40000" },
    ],
  });
  return { server, owner, client, deal, anna };
}

const left = async (page, label) =>
  (await page.locator("dl > div", { hasText: label }).locator("dd").innerText()).replace(/\s/g, "");

export default async function story({ browser, program }) {
  const { server, owner, client, deal, anna } = await firm(program);
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
  await claim("asc_24 a task about it is set from its card, to whoever keeps it, and stands there", async () => {
    await page.getByRole("button", { name: "Поставить задачу" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByLabel(/^Что сделать/).fill("Выяснить, кто тормозит");
    await dialog.getByText("Завтра", { exact: true }).click();
    await picture(page, "deal task");
    await dialog.getByRole("button", { name: "Запланировать" }).click();
    await page.getByRole("link", { name: "Выяснить, кто тормозит" }).waitFor();
    const [task] = (await owner.get("/api/activity")).items;
    same(`${task.about} ${task.client_id} ${task.performer_id}`, `deal:${deal.id} ${client.id} ${anna.id}`, "the task");
    await settled(page);
    await picture(page, "deal with a task");
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
  await claim("its client's card has it", async () => {
    await page.goto(`/clients/${client.id}`);
    await page.getByRole("link", { name: "Ремонт цеха" }).waitFor();
    await settled(page);
    await picture(page, "client deals");
  });
  await claim("cdb_07 what the client needs is written down on its card", async () => {
    await page.getByRole("button", { name: "Новая потребность" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByLabel("Что нужно", { exact: true }).fill("Кабель силовой");
    await dialog.getByLabel("Сколько", { exact: true }).fill("1200");
    await dialog.getByRole("button", { name: "Сохранить" }).click();
    await page.getByRole("link", { name: "Кабель силовой" }).waitFor();
    await settled(page);
    await picture(page, "client needs");
    same((await owner.get("/api/need")).items[0].client_id, client.id, "whose need");
  });
  await claim(
    "from which amount on a deal is large is set with its unit, and nothing is refused as an amount",
    async () => {
      await page.goto("/settings/firm");
      const limit = page.getByLabel("Крупная сделка — от");
      await limit.fill("90000");
      const save = page.locator("form", { has: limit }).getByRole("button", { name: "Сохранить" });
      await save.click();
      await page.getByText("Сохранено").first().waitFor();
      same((await owner.get("/api/deal_limit")).large, "90000.00", "the limit");
      await settled(page);
      await picture(page, "deal limit");
      await limit.fill("0");
      await save.click();
      await page.locator("form", { has: limit }).locator("[class*=error]").first().waitFor();
      same((await owner.get("/api/deal_limit")).large, "90000.00", "the limit after nothing");
    },
  );
  await claim("and they are in the list of deals", async () => {
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
