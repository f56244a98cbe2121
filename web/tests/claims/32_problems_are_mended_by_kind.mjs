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

const STAGES = ["Успешно реализовано", "Закрыто и не реализовано", "Переговоры"];
const deals = {
  name: "Сделки.csv",
  mimeType: "text/csv",
  buffer: Buffer.from(
    [
      "ID;Название сделки;Компания;Бюджет;Этап сделки;Дата закрытия",
      ...STAGES.map((stage, at) => `${at};Вывеска ${at};Яхт-клуб Плёс;1000;${stage};1${at}.02.2026`),
    ].join("\n"),
  ),
};
/* A group whose rows do not come to what it says. */
const untrue = {
  name: "Отчёт.csv",
  mimeType: "text/csv",
  buffer: Buffer.from("Контрагент;Янв 2026;Фев 2026;Итого\nООО «Ромашка»;30;50;80\n  Чай;10;20;30\n  Кофе;20;31;51\n"),
};

/* Its words have the room they need. */
const isWhole = (button) => [...button.querySelectorAll("*"), button].every((e) => e.scrollWidth <= e.clientWidth + 1);

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
  await claim("deals that were not won are no doubts, and the file is not said to be in whole", async () => {
    await drop(deals);
    holds(await page.getByRole("button", { name: /^Это отчёт/ }).evaluate(isWhole), "the button of a report is cut");
    await check();
    await page.getByText("2 строки не загрузятся: сделки не выиграны").waitFor();
    await page.getByRole("heading", { name: "Стадия (выигранные): 2 строки не загружаются" }).waitFor();
    same(await page.getByText("С сомнением").count(), 0, "a count of doubts");
    await picture(page, "import-not-won");
    await page.getByRole("button", { name: "Загрузить", exact: true }).click();
    await page.waitForURL(/\/import\/\d+$/);
    await page.getByText("2 строки не загружены: сделки не выиграны или заказы отменены. Остальное").waitFor();
    await page.getByText("Не загружено по стадии").waitFor();
    same(await page.getByText("Файл загружен полностью").count(), 0, "a word of the whole file");
  });
  await claim("a report that was refused and is taken as a table goes on saying so", async () => {
    await page.goto("/import/new");
    await page.setInputFiles("input[type=file]", untrue);
    await page.getByText("ООО «Ромашка», столбец").waitFor();
    await page.getByRole("button", { name: "Взять как таблицу" }).click();
    await page.getByText(/похоже на отчёт, который не удалось прочитать: .*итог 50,00/).waitFor();
    await soundFor(page, "a report taken as a table");
    await picture(page, "import-as-table");
  });
  await claim("nothing broke on the way", async () => same(faults.join("; "), "", "the console"));
  await close();
}
