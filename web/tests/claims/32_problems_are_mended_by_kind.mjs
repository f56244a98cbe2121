// What is wrong in a file stands by kind, with how many rows and the first of them; one press mends all of a kind, and
// the import does it.
import { claim, holds, same } from "../claims.mjs";
import { openWindow, picture, soundFor } from "../browser.mjs";

const SELLERS = ["Петров Пётр", "Зимина А. А.", "Орлов Олег", "Яблокова Яна"];
const rows = SELLERS.map((name, at) => `ООО «Покупатель ${at}»;1${at}.01.2026;Р-${at};100;${name}`);
const sales = {
  name: "Продажи с менеджерами.csv",
  mimeType: "text/csv",
  buffer: Buffer.from(
    ["Клиент;Дата;Номер;Сумма;Менеджер", ...rows, "ООО «Покупатель 1»;31.02.2026;Р-9;5;Петров Пётр"].join("\n"),
  ),
};
const clients = {
  name: "Клиенты с ИНН.csv",
  mimeType: "text/csv",
  buffer: Buffer.from("Номер;Название;ИНН\nИ-1;ООО «Заря»;7,70708E+09\nИ-2;ООО «Рассвет»;7,70709E+09\n"),
};

export default async function story({ server, browser }) {
  const owner = await server.caller();
  const { page, faults, close } = await openWindow(browser, server, { as: true });
  const drop = async (what) => {
    await page.goto("/import/new");
    await page.setInputFiles("input[type=file]", what);
    await page.getByText("Что в каком столбце").waitFor();
  };
  const check = () => page.getByRole("button", { name: "Проверить" }).click();
  await claim("a kind has its count and its first three rows", async () => {
    await drop(sales);
    await check();
    await page.getByRole("heading", { name: "Продавец: 4 сомнения" }).waitFor();
    await page.getByRole("heading", { name: "Дата: 1 строка не читается" }).waitFor();
    const table = page.getByRole("group", { name: /Продавец: 4 сомнения/ });
    same(await table.getByRole("row").count(), 4, "rows, the head among them");
    await page.getByText("и ещё 1 строка").waitFor();
    await soundFor(page, "problems by kind");
    await picture(page, "import-kinds");
  });
  await claim("one press makes all people who are missing, in the role that is chosen", async () => {
    await page.getByRole("button", { name: "Создать 4 сотрудников" }).click();
    await page.getByText("недостающие сотрудники создаются").waitFor();
    await page.getByRole("heading", { name: "Продавец: 4 сомнения" }).waitFor({ state: "hidden" });
    same((await owner.get("/api/user/count?search=" + encodeURIComponent("Яблокова"))).count, 0, "people");
    await page.getByRole("button", { name: /^Не исправлять/ }).press("Enter");
    await page.getByRole("heading", { name: "Продавец: 4 сомнения" }).waitFor();
    await page.getByRole("button", { name: "Создать 4 сотрудников" }).press("Enter");
    await page.getByText("недостающие сотрудники создаются").waitFor();
    await page.getByRole("button", { name: "Загрузить без строк с ошибками" }).click();
    await page.waitForURL(/\/import\/\d+$/);
    await page.getByText("Файл загружен, кроме 1 строки").waitFor();
    const { items } = await owner.get("/api/user?search=" + encodeURIComponent("Яблокова"));
    same(items.map(({ name, login }) => `${name} ${login}`).join(), "Яблокова Яна яблокова.яна", "the person made");
    same(await page.getByRole("button", { name: /^Создать/ }).count(), 0, "mends of an import that is done");
  });
  const undo = async () => {
    await page.getByRole("button", { name: "Отменить загрузку" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Отменить загрузку" }).click();
    await page.getByText("Загрузка отменена.").waitFor();
  };
  await claim("undone, the people are gone with it", async () => {
    await undo();
    same((await owner.get("/api/user/count?search=" + encodeURIComponent("Яблокова"))).count, 0, "people");
  });
  await claim("cells that cannot be read stay empty where the field may, and the rows come in", async () => {
    await drop(clients);
    await check();
    await page.getByRole("heading", { name: "ИНН: 2 строки не читаются" }).waitFor();
    await page.getByRole("button", { name: "«ИНН» остаётся пустым, где не читается" }).click();
    await page.getByRole("heading", { name: "ИНН: 2 сомнения" }).waitFor();
    await page.getByRole("button", { name: "Загрузить", exact: true }).click();
    await page.waitForURL(/\/import\/\d+$/);
    await page.getByText("Файл загружен полностью").waitFor();
    holds((await owner.get("/api/client?search=" + encodeURIComponent("Рассвет"))).items.length === 1, "no client");
    await undo();
  });
  await claim("nothing broke on the way", async () => same(faults.join("; "), "", "the console"));
  await close();
}
