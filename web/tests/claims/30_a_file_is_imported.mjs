// A file of sales as 1C writes it: recognised, previewed, checked, read, known when it comes again, and taken back.
import { claim, holds, same } from "../claims.mjs";
import { openWindow, picture, soundFor } from "../browser.mjs";

/* Windows-1251, semicolons, decimal commas, dd.mm.yyyy; the last row has a day that is none. */
const CP1251 = new Map([..."АБВГДЕЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯабвгдежзийклмнопрстуфхцчшщъыьэюя"].map((letter, at) => [letter, 0xc0 + at]).concat([["«", 0xab], ["»", 0xbb], ["№", 0xb9], ["ё", 0xb8], ["Ё", 0xa8]]));
const cp1251 = (text) => Buffer.from([...text].map((letter) => CP1251.get(letter) ?? letter.charCodeAt(0)));

const rows = Array.from({ length: 40 }, (_, at) => `${String(1 + (at % 28)).padStart(2, "0")}.0${1 + (at % 9)}.2025;РН-${String(at).padStart(5, "0")};ООО «Покупатель ${at % 7}»;Товар ${at % 5};${1 + at};12,50;${((1 + at) * 12.5).toFixed(2).replace(".", ",")}`);
const file = ["Дата;Документ;Контрагент;Номенклатура;Количество;Цена;Сумма", ...rows, "31.02.2025;РН-99999;ООО «Покупатель 1»;Товар 1;1;10,00;10,00", ""].join("\r\n");
const sales = { name: "Продажи 2025.csv", mimeType: "text/csv", buffer: cp1251(file) };

export default async function story({ server, browser }) {
  const owner = await server.caller();
  const { page, faults, close } = await openWindow(browser, server, { as: true });
  const drop = async (what) => {
    await page.goto("/import/new");
    await page.setInputFiles("input[type=file]", what);
    await page.getByText("Что в каком столбце").waitFor();
  };
  await claim("encoding, delimiter, days and columns are recognised and shown", async () => {
    await drop(sales);
    same(await page.getByRole("textbox", { name: "Кодировка" }).inputValue(), "Windows-1251", "the encoding");
    same(await page.getByRole("textbox", { name: "Разделитель" }).inputValue(), "точка с запятой", "the delimiter");
    same(await page.getByRole("textbox", { name: "Даты" }).inputValue(), "день.месяц.год", "the days");
    same(await page.getByRole("listitem").getByText("узнано").count(), 7, "columns recognised");
    await page.getByRole("cell", { name: "ООО «Покупатель 0»" }).first().waitFor();
    await soundFor(page, "the import");
    await picture(page, "import");
  });
  await claim("a form that is changed is read again", async () => {
    await page.getByRole("textbox", { name: "Разделитель" }).click();
    await page.getByRole("option", { name: "запятая", exact: true }).click();
    await page.getByText(/Не хватает|Столбец/).first().waitFor();
    await drop(sales);
  });
  await claim("a check writes nothing and lists the bad row with its reason", async () => {
    await page.getByRole("button", { name: "Проверить" }).click();
    await page.getByText("1 строку прочитать нельзя").waitFor();
    await page.getByText(/31\.02\.2025/).last().waitFor();
    same((await owner.get("/api/sale/count")).count, 0, "sales after the check");
    await soundFor(page, "the check");
    await picture(page, "import-check");
  });
  await claim("the import brings the sales, clients and products, and says what it left out", async () => {
    await page.getByRole("button", { name: "Загрузить без плохих строк" }).click();
    await page.waitForURL(/\/import\/\d+$/);
    await page.getByText("Файл загружен, кроме 1 строки").waitFor();
    same((await owner.get("/api/sale/count")).count, 40, "sales");
    await soundFor(page, "the result");
    await picture(page, "import-result");
    const [download] = await Promise.all([page.waitForEvent("download"), page.getByRole("link", { name: "Плохие строки, CSV" }).click()]);
    holds((await download.failure()) === null, "the bad rows did not come");
  });
  const first = page.url();
  await claim("the same file again adds nothing", async () => {
    await drop(sales);
    await page.getByRole("button", { name: "Загрузить", exact: true }).click();
    await page.waitForURL(/\/import\/\d+$/);
    await page.getByText("Результат").waitFor();
    same((await owner.get("/api/sale/count")).count, 40, "sales");
  });
  const second = page.url();
  const undo = async (address) => {
    await page.goto(address);
    await page.getByRole("button", { name: "Отменить загрузку" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Отменить загрузку" }).click();
    await page.getByText("Загрузка отменена.").waitFor();
  };
  await claim("the list of imports tells both", async () => {
    await page.goto("/import");
    await page.getByRole("link", { name: sales.name }).nth(1).waitFor();
    await soundFor(page, "the imports");
    await picture(page, "imports");
  });
  await claim("undoing the second takes nothing from the first, undoing both leaves nothing", async () => {
    await undo(second);
    same((await owner.get("/api/sale/count")).count, 40, "sales after the first undo");
    await undo(first);
    same((await owner.get("/api/sale/count")).count, 0, "sales after both");
  });
  await claim("what is no table is refused in words", async () => {
    await page.goto("/import/new");
    await page.setInputFiles("input[type=file]", { name: "снимок.csv", mimeType: "text/csv", buffer: Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 0]) });
    await page.getByRole("alert").waitFor();
    await page.setInputFiles("input[type=file]", { name: "пусто.csv", mimeType: "text/csv", buffer: Buffer.alloc(0) });
    await page.getByRole("alert").waitFor();
  });
  await claim("nothing broke on the way", async () => same(faults.join("; "), "", "the console"));
  await close();
}
