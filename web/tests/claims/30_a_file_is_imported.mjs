// A file of sales as 1C writes it: recognised, previewed, checked, read, known when it comes again, and taken back.
import { claim, holds, same } from "../claims.mjs";
import { openWindow, picture, soundFor } from "../browser.mjs";

/* Windows-1251, semicolons, decimal commas, dd.mm.yyyy; the last row has a day that is none. */
const CP1251 = new Map(
  [..."АБВГДЕЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯабвгдежзийклмнопрстуфхцчшщъыьэюя"]
    .map((letter, at) => [letter, 0xc0 + at])
    .concat([
      ["«", 0xab],
      ["»", 0xbb],
      ["№", 0xb9],
      ["ё", 0xb8],
      ["Ё", 0xa8],
    ]),
);
const cp1251 = (text) => Buffer.from([...text].map((letter) => CP1251.get(letter) ?? letter.charCodeAt(0)));

const rows = Array.from({ length: 40 }, (_, at) =>
  [
    `${String(1 + (at % 28)).padStart(2, "0")}.0${1 + (at % 9)}.2025`,
    `РН-${String(at).padStart(5, "0")}`,
    `ООО «Покупатель ${at % 7}»`,
    `Товар ${at % 5}`,
    1 + at,
    "12,50",
    ((1 + at) * 12.5).toFixed(2).replace(".", ","),
  ].join(";"),
);
const file = [
  "Дата;Документ;Контрагент;Номенклатура;Количество;Цена;Сумма",
  ...rows,
  "31.02.2025;РН-99999;ООО «Покупатель 1»;Товар 1;1;10,00;10,00",
  "",
].join("\r\n");
const sales = { name: "Продажи 2025.csv", mimeType: "text/csv", buffer: cp1251(file) };

/* Short words are kept together by a blank of their own. */
const plain = (text) => text.replace(/[\u00a0\u202f]/g, " ");

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
    same(
      await page.getByRole("textbox", { name: "Разделитель", exact: true }).inputValue(),
      "точка с запятой",
      "the delimiter",
    );
    same(await page.getByRole("textbox", { name: "Даты" }).inputValue(), "день.месяц.год", "the days");
    same(await page.getByRole("listitem").getByText("узнано").count(), 7, "columns recognised");
    await page.getByRole("cell", { name: "ООО «Покупатель 0»" }).first().waitFor();
    await page.getByRole("cell", { name: "01.01.2025" }).first().waitFor(); // as a Russian writes a day
    await soundFor(page, "the import");
    await picture(page, "import");
  });
  await claim("what could be meant in another way is told before the import", async () => {
    const lines = Array.from(
      { length: 20 },
      (_, at) =>
        `${String(1 + at).padStart(2, "0")}.02.2025;Н-${at};ООО «Покупатель ${at % 7}»;${100 + at},00;${150 + at},00;` +
        (at % 5 ? "Доставлен" : "Отменён"),
    );
    await drop({
      name: "doubts.csv",
      mimeType: "text/csv",
      buffer: cp1251(["Дата;Документ;Контрагент;Сумма;Сумма документа;Статус", ...lines].join("\r\n")),
    });
    await page.getByRole("heading", { name: "Проверьте, прежде чем загружать" }).waitFor();
    await page.getByText("Похожи на сумму и другие: Сумма документа").waitFor();
    same(
      await page.getByRole("listitem").filter({ hasText: "Отменён" }).getByRole("textbox").inputValue(),
      "состояние (без отмен)",
      "what the column of states is taken for",
    );
    await soundFor(page, "doubts about a file");
    await picture(page, "import-doubts");
    await drop(sales);
    same(
      await page.getByRole("heading", { name: "Проверьте, прежде чем загружать" }).count(),
      0,
      "doubts about a plain file",
    );
  });
  await claim("a form that is changed is read again", async () => {
    await page.getByRole("textbox", { name: "Разделитель", exact: true }).click();
    await page.getByRole("option", { name: "запятая", exact: true }).click();
    await page.getByText(/а названий в заголовке только 1/).waitFor(); // the commas of 10,00
    same(
      await page.getByRole("textbox", { name: "Разделитель", exact: true }).inputValue(),
      "точка с запятой",
      "the delimiter that stays",
    );
    await page.getByRole("textbox", { name: "Разделитель", exact: true }).click();
    await page.getByRole("option", { name: "табуляция", exact: true }).click();
    await page
      .getByText(/Дата;Документ;Контрагент/)
      .first()
      .waitFor();
    await drop(sales);
  });
  await claim("a check writes nothing and lists the bad row with its reason", async () => {
    await page.getByRole("button", { name: "Проверить" }).click();
    await page.getByText("1 строку прочитать нельзя").waitFor();
    const row = page.getByRole("row").filter({ hasText: "31.02.2025" });
    same(plain(await row.textContent()), "42дата31.02.2025Дата не читается", "the row");
    await page.waitForFunction(
      (told) =>
        [...document.querySelectorAll("td")].some(
          (cell) => cell.textContent === told && cell.getBoundingClientRect().bottom < innerHeight - 60,
        ),
      "31.02.2025",
    );
    same((await owner.get("/api/sale/count")).count, 0, "sales after the check");
    await soundFor(page, "the check");
    await picture(page, "import-check");
  });
  await claim("the import brings the sales, clients and products, and says what it left out", async () => {
    await page.getByRole("button", { name: "Загрузить без строк с ошибками" }).click();
    await page.waitForURL(/\/import\/\d+$/);
    await page.getByText("Файл загружен, кроме 1 строки").waitFor();
    same((await owner.get("/api/sale/count")).count, 40, "sales");
    const brought = page.getByText("40 продаж, ");
    same(
      plain(await brought.textContent()),
      "40 продаж, 10 250 ₽, 7 клиентов, из них 7 новых. Смотреть, что говорит база",
      "what it brought",
    );
    same(
      await brought.getByRole("link").getAttribute("href"),
      "/analysis/findings",
      "the door to what the base says now",
    );
    await soundFor(page, "the result");
    await picture(page, "import-result");
    const [download] = await Promise.all([
      page.waitForEvent("download"),
      page.getByRole("link", { name: "Строки с ошибками, CSV" }).click(),
    ]);
    holds((await download.failure()) === null, "the bad rows did not come");
  });
  const first = page.url();
  await claim("the same file again adds nothing", async () => {
    await drop(sales);
    await page.getByRole("button", { name: "Загрузить", exact: true }).click();
    await page.waitForURL(/\/import\/\d+$/);
    await page.getByText("Новых продаж в файле нет: все уже были в базе.").waitFor();
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
    const checked = page.getByRole("row").filter({ hasText: "проверено, не загружено" });
    same(
      plain((await checked.textContent()).replace(/.*проверено/, "проверено")),
      "проверено, не загружено1",
      "the check",
    );
    await soundFor(page, "the imports");
    await picture(page, "imports");
  });
  await claim("undoing the second takes nothing from the first, undoing both leaves nothing", async () => {
    await undo(second);
    same((await owner.get("/api/sale/count")).count, 40, "sales after the first undo");
    await undo(first);
    same((await owner.get("/api/sale/count")).count, 0, "sales after both");
  });
  await claim("an import that is being stopped says so, and what it had made is no figure any more", async () => {
    const head = "Дата;Документ;Контрагент;Номенклатура;Количество;Цена;Сумма";
    const many = Array.from(
      { length: 60000 },
      (_, at) => `01.0${1 + (at % 9)}.2025;М-${at};ООО «Много ${at % 900}»;Товар ${at % 50};1;10,00;10,00`,
    );
    await drop({ name: "Много.csv", mimeType: "text/csv", buffer: cp1251([head, ...many, ""].join("\r\n")) });
    await page.getByRole("button", { name: "Загрузить", exact: true }).click();
    await page.waitForURL(/\/import\/\d+$/);
    await page.getByRole("button", { name: "Остановить" }).click();
    await page
      .getByRole("button", { name: "Останавливаем…" })
      .or(page.getByText("Загрузка остановлена"))
      .first()
      .waitFor();
    holds(
      (await page.getByText("Страницу можно закрыть, загрузка продолжится").count()) === 0,
      "it says that the import goes on",
    );
    await page.getByText("Загрузка остановлена").waitFor({ timeout: 30000 });
    same(await page.getByText("Создано").count(), 0, "figures of what was taken back");
    same((await owner.get("/api/sale/count")).count, 0, "sales");
  });
  await claim(
    "what somebody changed after an import stays when it is undone, and is listed with both values",
    async () => {
      const list = (note) => ({
        name: "Клиенты.csv",
        mimeType: "text/csv",
        buffer: cp1251(`Номер;Название;Заметка\r\nЗ-1;ООО «Заря»;${note}\r\nЗ-2;ООО «Рассвет»;${note}\r\n`),
      });
      for (const note of ["Старая", "Новая"]) {
        await drop(list(note));
        await page.getByRole("button", { name: "Загрузить", exact: true }).click();
        await page.waitForURL(/\/import\/\d+$/);
        await page.getByText("Файл загружен полностью").waitFor();
      }
      const { items } = await owner.get("/api/client?search=" + encodeURIComponent("Заря"));
      await owner.patch(`/api/client/${items[0].id}`, { note: "Звонить после обеда" });
      await undo(page.url());
      const left = page.getByRole("region", { name: "Осталось как есть" }).getByRole("row");
      same(await left.count(), 2, "rows, the head among them");
      same(
        plain((await left.nth(1).getByRole("cell").allTextContents()).join(" | ")),
        "ООО «Заря» | Заметка | Новая | Звонить после обеда | С тех пор изменили",
        "what is left",
      );
      await left.getByRole("link", { name: "ООО «Заря»" }).waitFor();
      await soundFor(page, "what an undo left");
    },
  );
  await claim(
    "the file of an import is let go, what it brought stays, and the settings tell the room that is left",
    async () => {
      await drop({
        name: "Хранение.csv",
        mimeType: "text/csv",
        buffer: cp1251("Номер;Название\r\nХ-1;ООО «Хранение»\r\nХ-1;\r\n"),
      });
      await page.getByRole("button", { name: "Загрузить", exact: true }).click();
      await page.waitForURL(/\/import\/\d+$/);
      await page.getByText(/^Файл \(0,1 МБ\) хранится до/).waitFor();
      await picture(page, "import-file");
      await page.getByRole("button", { name: "Удалить файл" }).click();
      await page.getByRole("dialog").getByRole("button", { name: "Удалить файл" }).click();
      await page.getByText("Файл этой загрузки удалён; загруженное осталось.").waitFor();
      same(
        await page.getByRole("link", { name: /Строки с ошибками/ }).count(),
        0,
        "doors to rows of a file that is gone",
      );
      same((await owner.get("/api/client/count?search=" + encodeURIComponent("Хранение"))).count, 1, "clients");
      await soundFor(page, "an import without its file");
      await page.goto("/settings/firm");
      const days = page.getByLabel("Хранить, дней");
      await days.fill("45");
      await page.getByRole("region", { name: "Файлы", exact: true }).getByRole("button", { name: "Сохранить" }).click();
      await page.getByText("Сохранено").waitFor();
      same((await owner.get("/api/import/room")).days, 45, "the term");
      await soundFor(page, "the room for files");
      await picture(page, "settings-files");
    },
  );
  await claim("what is no table is refused in words", async () => {
    await page.goto("/import/new");
    await page.setInputFiles("input[type=file]", {
      name: "снимок.csv",
      mimeType: "text/csv",
      buffer: Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 0]),
    });
    await page.getByRole("alert").waitFor();
    await page.setInputFiles("input[type=file]", { name: "пусто.csv", mimeType: "text/csv", buffer: Buffer.alloc(0) });
    await page.getByRole("alert").waitFor();
  });
  await claim("on a phone the imports are told without turning the table", async () => {
    await page.setViewportSize({ width: 390, height: 844 });
    await page.goto("/import");
    const table = page.getByRole("group", { name: "Загрузка данных" });
    await table.getByRole("link").first().waitFor();
    holds(await table.evaluate((box) => box.scrollWidth <= box.clientWidth + 1), "the table is wider than the phone");
  });
  await claim("nothing broke on the way", async () => same(faults.join("; "), "", "the console"));
  await close();
}
