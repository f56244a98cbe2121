// A report with groups and months: what it was understood as is a sentence whose parts are chosen, by mouse, keys and
// finger; the rows that come of it stand beside its own; the next report of the kind is read the same way.
import { claim, holds, same } from "../claims.mjs";
import { openWindow, picture, soundFor } from "../browser.mjs";

const report = (name, months, cells) => ({
  name,
  mimeType: "text/csv",
  buffer: Buffer.from(
    [["Контрагент", ...months, "Итого"], ...cells.map((row) => [...row, sum(row)])]
      .map((row) => row.join(";"))
      .join("\n"),
  ),
});
const sum = (row) => row.slice(1).reduce((all, cell) => all + Number(cell), 0);
const first = report(
  "Отчёт по месяцам.csv",
  ["Янв 2026", "Фев 2026"],
  [
    ["ООО «Ромашка»", 30, 50],
    ["  Чай", 10, 20],
    ["  Кофе", 20, 30],
    ["ООО «Ёлка»", 5, 7],
    ["  Чай", 5, 7],
    ["Итого", 35, 57],
  ],
);
const lies = {
  name: "Отчёт с ошибкой.csv",
  mimeType: "text/csv",
  buffer: Buffer.from(
    "Контрагент;Янв 2026;Фев 2026\nООО «Ромашка»;30;50\n  Чай;10;20\n  Кофе;20;31\nООО «Ёлка»;5;7\n  Чай;5;7\n",
  ),
};
const next = report(
  "Отчёт за весну.csv",
  ["Мар 2026", "Апр 2026", "Май 2026"],
  [
    ["ООО «Ромашка»", 3, 4, 5],
    ["  Чай", 3, 4, 5],
    ["Итого", 3, 4, 5],
  ],
);

const plain = (text) => text.replace(/[\u00a0\u202f]/g, " ");

export default async function story({ server, browser }) {
  const owner = await server.caller();
  const { page, faults, close } = await openWindow(browser, server, { as: true });
  const drop = async (on, what) => {
    await on.goto("/import/new");
    await on.setInputFiles("input[type=file]", what);
    await on.getByRole("heading", { name: "Как понят отчёт" }).waitFor();
  };
  const understood = (on) => on.getByRole("region", { name: "Как понят отчёт" });
  const said = (on, text) => understood(on).getByText(text, { exact: true }).waitFor();
  const beside = (on, name) => on.getByRole("group", { name, exact: true }).getByRole("row");
  await claim("a report says what it was understood as, and its rows stand beside those of the table", async () => {
    await drop(page, first);
    await said(page, "клиент → товар, месяцы по столбцам");
    await beside(page, "Как стоит в файле").nth(2).waitFor();
    same(
      (await beside(page, "Как стоит в файле").nth(2).getByRole("cell").allTextContents()).join("|"),
      "3|\u2003Чай|10|20|30",
      "a row of the report",
    );
    await beside(page, "Первые строки, как они будут прочитаны").nth(5).waitFor();
    const unfolded = beside(page, "Первые строки, как они будут прочитаны");
    same(await unfolded.count(), 7, "rows of the table, the head among them");
    same(
      plain((await unfolded.nth(1).getByRole("cell").allTextContents()).join("|")),
      "3|ООО «Ромашка»|Чай|01.01.2026|10",
      "the first row of the table",
    );
    await soundFor(page, "a report");
    await picture(page, "import-report");
  });
  await claim("by mouse a level is said to be something else, and the server reads it so", async () => {
    await page.getByRole("textbox", { name: "Уровень 2" }).click();
    await page.getByRole("option", { name: "документ", exact: true }).click();
    await said(page, "клиент → документ, месяцы по столбцам");
    await page.getByRole("columnheader", { name: "документ", exact: true }).waitFor();
  });
  await claim("by keys what stands across is said, and a sum is one no more", async () => {
    await page.getByRole("textbox", { name: "По столбцам стоят" }).focus();
    await page.keyboard.press("Enter");
    await page.getByRole("option", { name: "разные сведения" }).waitFor();
    await page.keyboard.press("Home");
    await page.keyboard.press("ArrowUp");
    await page.keyboard.press("Enter");
    await said(page, "клиент → документ");
    await page.getByRole("listitem").filter({ hasText: "Фев 2026" }).waitFor();
    await page.getByRole("textbox", { name: "По столбцам стоят" }).click();
    await page.getByRole("option", { name: "товары", exact: true }).click();
    await said(page, "клиент → документ, товары по столбцам");
  });
  await claim("it is said to be no report, and one again", async () => {
    await page.getByRole("button", { name: "Это не отчёт, а таблица" }).click();
    await page.getByRole("listitem").filter({ hasText: "Контрагент" }).waitFor();
    same(await understood(page).count(), 0, "a sentence about a table");
    await page.getByRole("button", { name: "Это отчёт с группами" }).click();
    await said(page, "клиент → товар, месяцы по столбцам");
  });
  await claim("the import brings what stood in the preview", async () => {
    await page.getByRole("textbox", { name: "Уровень 2" }).click();
    await page.getByRole("option", { name: "документ", exact: true }).click();
    await said(page, "клиент → документ, месяцы по столбцам");
    await page.getByRole("textbox", { name: "Откуда данные" }).fill("1С");
    await page.getByRole("button", { name: "Загрузить", exact: true }).click();
    await page.waitForURL(/\/import\/\d+$/);
    await page.getByText("Файл загружен полностью").waitFor();
    same((await owner.get("/api/sale/count?search=" + encodeURIComponent("Кофе"))).count, 2, "sales");
  });
  const imported = page.url();
  await claim("the next report of the kind is read like it, and can be recognised anew", async () => {
    await drop(page, next);
    await said(page, "клиент → документ, месяцы по столбцам");
    await page.getByText("Как в прошлый раз").waitFor();
    same(await page.getByRole("textbox", { name: "Откуда данные" }).inputValue(), "1С", "the source");
    await page.getByRole("button", { name: "Распознать заново" }).click();
    await said(page, "клиент → товар, месяцы по столбцам");
    same(await page.getByText("Как в прошлый раз").count(), 0, "what was said before");
    same(await page.getByRole("textbox", { name: "Откуда данные" }).inputValue(), "", "the source");
  });
  await claim(
    "a report that cannot be read says where, comes in as a table, and its parts are said until it can",
    async () => {
      await page.goto("/import/new");
      await page.setInputFiles("input[type=file]", lies);
      await page
        .getByRole("alert")
        .getByText(/^Строка 2: .*50,00.*51,00/)
        .waitFor();
      await page.getByRole("button", { name: "Взять как таблицу" }).click();
      await page.getByRole("listitem").filter({ hasText: "Контрагент" }).waitFor();
      await page.getByRole("button", { name: "Это отчёт с группами" }).click();
      await understood(page).getByRole("alert").waitFor();
      await picture(page, "import-report-refused");
      await soundFor(page, "a report that cannot be read");
      await page.getByRole("textbox", { name: "Столбцы-итоги, не загружаются" }).click();
      await page.getByRole("option", { name: "Фев 2026", exact: true }).click();
      await said(page, "клиент → товар");
      same(await understood(page).getByRole("alert").count(), 0, "refusals");
    },
  );
  await claim("by finger on a phone the same is chosen, and nothing is wider than it", async () => {
    const phone = await openWindow(browser, server, { width: 390, height: 844, touch: true, as: true });
    await drop(phone.page, first);
    await phone.page.getByRole("textbox", { name: "Уровень 2" }).tap();
    await phone.page.getByRole("option", { name: "товар", exact: true }).tap();
    await said(phone.page, "клиент → товар, месяцы по столбцам");
    holds(
      await phone.page.evaluate(() => document.documentElement.scrollWidth <= innerWidth),
      "the page is wider than the phone",
    );
    await picture(phone.page, "import-report-phone");
    same(phone.faults.join("; "), "", "the console");
    await phone.close();
  });
  await page.goto(imported);
  await page.getByRole("button", { name: "Отменить загрузку" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Отменить загрузку" }).click();
  await page.getByText("Загрузка отменена.").waitFor();
  await claim("nothing broke on the way", async () => same(faults.join("; "), "", "the console"));
  await close();
}
