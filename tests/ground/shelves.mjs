// The screens of docs/adding.md: a list with its form, a card, a place in the rail, an analysis.
import { claim, holds, same } from "../claims.mjs";
import { openWindow, settled, soundFor } from "../browser.mjs";

export default async function story({ server, browser }) {
  const owner = await server.caller();
  await owner.post("/api/client", { name: "ООО «Лавка у моста»", kind: "organisation" });
  const { page, faults, close } = await openWindow(browser, server, { as: true });
  await claim("the rail leads to the shelves, whose list says how to begin", async () => {
    await page.getByRole("navigation", { name: "Разделы" }).getByRole("link", { name: "Полки" }).click();
    await page.getByText("Добавьте первую полку кнопкой вверху").waitFor();
  });
  await claim("a shelf is made in a form, the rule is said at its field, and the card shows it", async () => {
    await page.getByRole("button", { name: "Новая полка" }).first().click();
    const form = page.getByRole("dialog");
    await form.getByLabel("Номер").fill("П-1");
    await form.getByLabel("Клиент").fill("Лавка");
    await page.getByRole("option", { name: /Лавка у моста/ }).click();
    await form.getByLabel("Вид").click();
    await page.getByRole("option", { name: "арендованная" }).click();
    await form.getByRole("button", { name: "Сохранить" }).click();
    await form.getByText("Укажите аренду").waitFor();
    await form.getByLabel("Аренда").fill("1500");
    await form.getByRole("button", { name: "Сохранить" }).click();
    await page.getByRole("heading", { name: "П-1" }).waitFor();
    await page.getByText("Высота, см").first().waitFor();
    await settled(page);
    await soundFor(page, "the card of a shelf");
  });
  await claim("what a feature adds to rows is done from the list, and goes back", async () => {
    await page.goto("/shelves");
    await page.getByRole("button", { name: "Действия: П-1" }).click();
    await page.getByRole("menuitem", { name: "Сделать нашей" }).click();
    await page.getByRole("gridcell", { name: "наша" }).waitFor();
    await page.getByRole("button", { name: "Отменить" }).click();
    await page.getByRole("gridcell", { name: "арендованная" }).waitFor();
    await page.getByRole("link", { name: "П-1" }).click();
    await page.getByRole("heading", { name: "П-1" }).waitFor();
  });
  await claim("a link is chosen by kind and record, and is a door to that record", async () => {
    await page.getByRole("button", { name: /^Для чего/ }).click();
    for (const kind of ["Товары", "Клиенты"]) {
      await page.getByRole("textbox", { name: "Для чего: что это" }).click();
      await page.getByRole("option", { name: kind }).click();
    }
    await page.getByRole("combobox", { name: "Для чего", exact: true }).fill("Лавка");
    await page.getByRole("option", { name: /Лавка у моста/ }).click();
    await page.getByRole("button", { name: /Для чего.*Клиенты: ООО «Лавка у моста»/ }).waitFor();
    await settled(page);
    await soundFor(page, "a card with a link");
    await page.getByRole("link", { name: "Открыть: Клиенты: ООО «Лавка у моста»" }).click();
    await page.getByRole("heading", { name: "ООО «Лавка у моста»" }).waitFor();
  });
  await claim("without a line of its own a shelf has a list, with one kept under a name, and a card", async () => {
    await page.goto("/settings/others");
    await page.getByRole("main").getByRole("link", { name: "Полки", exact: true }).click();
    await page.waitForURL(/\/r\/shelf/);
    await page.getByRole("link", { name: "П-1" }).waitFor();
    await page.getByRole("link", { name: "Наши полки" }).click();
    await page.getByRole("link", { name: "П-1" }).waitFor({ state: "detached" });
    await page.getByRole("link", { name: "Все", exact: true }).click();
    await page.getByRole("link", { name: "П-1" }).click();
    await page.waitForURL(/\/r\/shelf\/\d+/);
    await page.getByRole("heading", { name: "П-1" }).waitFor();
    await settled(page);
    await soundFor(page, "a generic card of a shelf");
  });
  await claim("shelves are a board by kind, a calendar by the day they stand since, and a tree", async () => {
    const shape = (name) =>
      page.getByRole("radiogroup", { name: "Вид списка" }).locator("label", { hasText: name }).click();
    await page.goto("/r/shelf");
    await shape("Доска");
    await page.getByRole("region", { name: "арендованная" }).getByRole("link", { name: /^П-1/ }).waitFor();
    await shape("Дерево");
    await page.getByRole("treeitem", { name: "П-1" }).waitFor();
    await shape("Календарь");
    await page.getByRole("radiogroup", { name: "Сколько показывать" }).waitFor();
  });
  await claim("the analysis stands among the others", async () => {
    await page.goto("/analysis/abc");
    await page.getByRole("link", { name: "Аренда полок" }).click();
    await page.getByRole("heading", { name: "Аренда полок" }).waitFor();
    holds(page.url().includes("/analysis/rent"), page.url());
  });
  await claim("nothing broke on the way", async () => same(faults.join("; "), "", "the console"));
  await close();
}
