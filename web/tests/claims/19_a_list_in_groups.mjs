// A list is seen in groups: by what is chosen, with its sums, each group a door to its records; and lines of all sales
// are a list as any other.
import { readFileSync } from "node:fs";
import { claim, holds, same } from "../claims.mjs";
import { openWindow, picture, settled, soundFor } from "../browser.mjs";
import { Caller, OWNER, startServer } from "../server.mjs";

async function firm(program) {
  const server = await startServer(program);
  const setUp = { token: server.token, firm: server.firm, user: OWNER, example: false };
  await new Caller(server.base).post("/api/setup", setUp);
  const owner = await server.caller();
  const client = async (name, city) =>
    (await owner.post("/api/client", { name, city, kind: "organisation", state: "existing" })).id;
  const [alpha, beta, gamma] = [await client("Альфа", "Омск"), await client("Бета", "Пермь"), await client("Гамма")];
  const tea = await owner.post("/api/product", { name: "Чай" });
  const coffee = await owner.post("/api/product", { name: "Кофе" });
  const sale = (client_id, day, product_id, amount) =>
    owner.post("/api/sale", { client_id, day, lines: [{ product_id, qty: "1", amount }] });
  await sale(alpha, "2026-01-12", tea.id, "600.00");
  await sale(alpha, "2026-02-03", coffee.id, "100.00");
  await sale(beta, "2026-02-17", tea.id, "200.00");
  await sale(gamma, "2026-02-20", tea.id, "100.00");
  return { server, tea, sell: () => sale(gamma, "2026-03-02", tea.id, "50.00") };
}

export default async function story({ browser, program }) {
  const { server, tea, sell } = await firm(program);
  const { page, faults, close } = await openWindow(browser, server, { as: true });
  const table = page.getByRole("table", { name: "Заказы и деньги" });
  await claim("a list is grouped by a field of another record, and the groups are the whole", async () => {
    await page.goto("/sales");
    await settled(page);
    await page.getByText("Группы", { exact: true }).click();
    await page.getByLabel("По чему").first().click();
    await page.keyboard.type("Клиент · Город");
    await page.getByRole("option", { name: "Клиент · Город", exact: true }).click();
    await table.getByRole("link", { name: "Омск" }).waitFor();
    await settled(page);
    const rows = await table.locator("tbody tr").allInnerTexts();
    same(rows.length, 3, "groups");
    holds(/Омск[\s\S]*70[.,]0 %[\s\S]*2[\s\S]*700,00/.test(rows[0]), `the largest is told: ${rows[0]}`);
    holds(/Не указано/.test(rows[2]), `whoever has no city is last: ${rows[2]}`);
    holds(/Всего[\s\S]*4[\s\S]*1\s000,00/.test(await table.locator("tfoot").innerText()), "the sum of all");
    await soundFor(page, "groups");
    await picture(page, "groups");
  });
  await claim("a group opens to exactly its records, and back leads to the groups", async () => {
    await table.getByRole("link", { name: "Омск" }).click();
    await page.getByText("2 продажи").waitFor();
    await page
      .getByRole("button", { name: /Клиент · Город: «Омск»/ })
      .first()
      .waitFor();
    await page.goBack();
    await table.getByRole("link", { name: "Пермь" }).waitFor();
  });
  await claim("months stand in their order, and a link shows a colleague the same", async () => {
    await page.goto("/sales?shape=groups&by=day:month+mean:total");
    await table.getByRole("link", { name: /янв/ }).waitFor();
    const rows = await table.locator("tbody tr").allInnerTexts();
    holds(/янв/.test(rows[0]) && /февр?/.test(rows[1]), `in the order of time: ${rows.join(" | ")}`);
    holds(/133,33/.test(rows[1]), `the mean of February: ${rows[1]}`);
    await page.getByRole("link", { name: /февр?/ }).first().click();
    await page.getByText("3 продажи").waitFor();
  });
  await claim("the groups are a file as they are seen, with the sums of all below", async () => {
    await page.goto("/sales?shape=groups&by=client_id.city+sum:total");
    await table.getByRole("link", { name: "Омск" }).waitFor();
    await page.getByRole("button", { name: "Выгрузить" }).click();
    const [download] = await Promise.all([
      page.waitForEvent("download"),
      page.getByRole("menuitem", { name: "CSV для Excel" }).click(),
    ]);
    const text = readFileSync(await download.path(), "utf8");
    holds(/Омск;70;2;700,00[\s\S]*Всего;100;4;1000,00/.test(text), text);
  });
  await claim("a day late or a rhythm is nothing to add up", async () => {
    await page.goto("/clients?shape=groups&by=city");
    await page.getByRole("textbox", { name: "Что посчитать" }).click();
    await page
      .getByRole("option", { name: /: среднее/ })
      .first()
      .waitFor();
    same(await page.getByRole("option", { name: /(опоздан|Ритм|ритм).*: всего/ }).count(), 0, "such sums");
    await page.keyboard.press("Escape");
  });
  await claim("lines of all sales are a list, reached from a product, and lead to their sale", async () => {
    await page.goto(`/products/${tea.id}`);
    await page.getByRole("link", { name: "Строки продаж" }).click();
    await page.waitForURL(/\/r\/sale_line\?/);
    await page.getByText("3 записи").waitFor();
    await settled(page);
    await soundFor(page, "lines of sales");
    await picture(page, "sale-lines");
    await page.getByText("Группы", { exact: true }).click();
    await page.getByRole("table", { name: "Строки продажи" }).locator("tfoot").getByText("900,00").waitFor();
    await page.goto("/r/sale_line?sort=-amount");
    await page.getByRole("link", { name: "12.01.2026" }).first().click();
    await page.waitForURL(/\/sales\/\d+$/);
  });
  await claim("groups are told anew when a sale comes in, and a sum that one does not see is left out", async () => {
    await page.goto("/sales?shape=groups&by=day:month+sum:total+sum:nowhere");
    await table.getByRole("link", { name: /янв/ }).waitFor();
    await settled(page);
    await sell();
    await table.getByRole("link", { name: /март?/ }).waitFor({ timeout: 15_000 });
  });
  await claim("lines are told anew when a sale comes in, whoever has made it", async () => {
    await page.goto("/r/sale_line?sort=-amount");
    await page.getByText("5 записей").waitFor();
    await settled(page);
    await sell();
    await page.getByText("6 записей").waitFor({ timeout: 15_000 });
  });
  await claim("what cannot be grouped by is said in words", async () => {
    await page.goto("/sales?shape=groups&by=note");
    await page.getByText("По «note» список не делится на группы").waitFor();
  });
  await claim("no fault was met on the way", async () => {
    same(faults.filter((fault) => !/422/.test(fault)).join("\n"), "", "faults");
  });
  await close();
  await server.stop();
}
