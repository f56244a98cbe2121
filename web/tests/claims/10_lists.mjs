// Lists: search, conditions, order, keys, columns, totals, export; what is seen stands in the address.
import { readFileSync } from "node:fs";
import { claim, holds, same } from "../claims.mjs";
import { openWindow, picture, soundFor } from "../browser.mjs";

const names = ["ООО «Вега»", "ООО «Алмаз»", "ИП Ёжиков П. П.", "АО «Енисей»", "ООО «Берёзка»"];
const cities = ["Пермь", "Омск", "Пермь", "Казань", "Уфа"];

const firstCells = (page) => page.locator("[role=rowgroup] [role=row] [role=gridcell]:first-child a").allTextContents();
const rowsAre = (page, wanted) =>
  page.waitForFunction(
    (list) =>
      JSON.stringify(
        [...document.querySelectorAll("[role=rowgroup] [role=row] [role=gridcell]:first-child a")].map(
          (each) => each.textContent,
        ),
      ) === list,
    JSON.stringify(wanted),
  );

export default async function story({ server, browser }) {
  const owner = await server.caller();
  for (const [at, name] of names.entries())
    await owner.post("/api/client", {
      name,
      kind: name.startsWith("ИП") ? "entrepreneur" : "organisation",
      state: "existing",
      city: cities[at],
      phones: [{ number: `+7 (343) 200-00-0${at}` }],
    });
  const { page, faults, close } = await openWindow(browser, server, { as: true });
  await claim("legal form and quotes aside, ё after е: the list stands in the order a Russian expects", async () => {
    await page.goto("/clients");
    await rowsAre(page, ["ООО «Алмаз»", "ООО «Берёзка»", "ООО «Вега»", "АО «Енисей»", "ИП Ёжиков П. П."]);
    await page.getByText("5 клиентов").waitFor();
    await soundFor(page, "clients");
    await picture(page, "clients");
  });
  await claim(
    "a column in which no row has a value is narrow, and those that say something have its room",
    async () => {
      const widthOf = async (name) => (await page.getByRole("columnheader", { name }).boundingBox()).width;
      await page.goto("/clients");
      await rowsAre(page, ["ООО «Алмаз»", "ООО «Берёзка»", "ООО «Вега»", "АО «Енисей»", "ИП Ёжиков П. П."]);
      const [keeper, city] = [await widthOf("Ответственный"), await widthOf("Город")];
      holds(keeper < 90 && city > keeper, `nobody's keepers take ${keeper}, the cities ${city}`);
    },
  );
  await claim("a part of the name finds, whether written with е or ё", async () => {
    await page.keyboard.press("/");
    await page.keyboard.type("ежик");
    await rowsAre(page, ["ИП Ёжиков П. П."]);
    holds(page.url().includes("search="), "the search stands in the address");
    await page.getByRole("searchbox").fill("");
    await page.waitForFunction(() => !location.search.includes("search="));
  });
  await claim("a part of a phone finds", async () => {
    await page.getByRole("searchbox").fill("343 200-00-03");
    await rowsAre(page, ["АО «Енисей»"]);
    await page.getByRole("searchbox").fill("");
  });
  await claim("a condition reads like a sentence and survives a reload", async () => {
    await page.getByRole("button", { name: "Условие" }).click();
    await page.getByPlaceholder("Что сравнить").fill("Город");
    await page.keyboard.press("Enter");
    await page.getByRole("dialog").getByRole("textbox", { name: "Город" }).fill("Пермь");
    await soundFor(page, "a condition being written");
    await page.getByRole("button", { name: "Показать" }).click();
    await page
      .getByText(/Город.*«Пермь»/)
      .filter({ visible: true })
      .first()
      .waitFor();
    await rowsAre(page, ["ООО «Вега»", "ИП Ёжиков П. П."]);
    await page.reload();
    await rowsAre(page, ["ООО «Вега»", "ИП Ёжиков П. П."]);
    await page.getByRole("button", { name: /Убрать условие/ }).click();
    await page.getByText("5 клиентов").waitFor();
  });
  await claim("j, k and Enter walk the list and open a card", async () => {
    await page.locator("main").click({ position: { x: 400, y: 20 } });
    await page.keyboard.press("j");
    await page.keyboard.press("j");
    await page.keyboard.press("k");
    await page.keyboard.press("Enter");
    await page.waitForURL(/\/clients\/\d+$/);
    await page.goBack();
  });
  await claim("the question mark lists the keys, Ctrl K finds a client and goes there", async () => {
    await page.waitForSelector("[role=grid]");
    await page.keyboard.press("?");
    await page.getByRole("dialog", { name: "Клавиши" }).waitFor();
    await page.keyboard.press("Escape");
    await page.keyboard.press("Control+k");
    await page.getByRole("combobox", { name: /Найти клиента/ }).fill("енис");
    await page.getByRole("option", { name: /Енисей/ }).waitFor();
    await soundFor(page, "the palette");
    await picture(page, "palette");
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { name: "АО «Енисей»" }).waitFor();
    await page.goto("/clients");
  });
  await claim("columns are chosen and remembered", async () => {
    await page.getByRole("button", { name: "Столбцы" }).click();
    await page.getByRole("checkbox", { name: "КПП" }).check();
    await page.keyboard.press("Escape");
    await page.reload();
    await page.getByRole("columnheader", { name: "КПП" }).waitFor();
  });
  await claim("the export holds exactly what is seen", async () => {
    await page.goto("/clients?filter=" + encodeURIComponent('{"field":"city","op":"is","value":"Пермь"}'));
    await rowsAre(page, ["ООО «Вега»", "ИП Ёжиков П. П."]);
    await page.getByRole("button", { name: "Выгрузить" }).click();
    const [file] = await Promise.all([
      page.waitForEvent("download"),
      page.getByRole("menuitem", { name: "CSV", exact: true }).click(),
    ]);
    const text = readFileSync(await file.path(), "utf8");
    holds(text.includes("Вега") && text.includes("Ёжиков") && !text.includes("Енисей"), "the file holds other rows");
  });
  await claim("nothing broke on the way", async () => same(faults.join("; "), "", "the console"));
  await close();
}
