// Conditions: groups, a step over a reference, days by the clock, whoever asks, rows that there are and are not; built
// by mouse and by keys, and read as a sentence.
import { claim, holds, same } from "../claims.mjs";
import { openWindow, picture, soundFor } from "../browser.mjs";

const rows = (page) => page.locator("[role=rowgroup] [role=row] [role=gridcell]:first-child a").allTextContents();
const rowsAre = (page, wanted) =>
  page.waitForFunction(
    (list) =>
      [...document.querySelectorAll("[role=rowgroup] [role=row] [role=gridcell]:first-child a")]
        .map((each) => each.textContent)
        .filter((name) => name.startsWith("Сад"))
        .join() === list,
    wanted.join(),
  );
const chip = (page, text) => page.getByRole("button", { name: text, exact: typeof text === "string" });
const choose = async (page, name, option) => {
  await page.getByRole("textbox", { name, exact: true }).last().click();
  await page.getByRole("option", { name: option, exact: true }).click();
};

export default async function story({ server, browser }) {
  const owner = await server.caller();
  const { user } = await owner.get("/api/session");
  const make = (name, more) => owner.post("/api/client", { name, kind: "organisation", state: "existing", ...more });
  const above = await make("Сад 1", { city: "Омск", keeper_id: user.id });
  await make("Сад 2", { city: "Пермь", parent_id: above.id });
  await make("Сад 3", { phones: [{ number: "+7 343 200-11-22" }] });
  const today = new Date(Date.now() + 5 * 3600000).toISOString().slice(0, 10);
  const before = new Date(Date.now() - 30 * 86400000).toISOString().slice(0, 10);
  const sale = (number, day) => owner.post("/api/sale", { number, client_id: above.id, day, kind: "sale" });
  const sales = [await sale("Сад-А", today), await sale("Сад-Б", before)];
  const { page, faults, close } = await openWindow(browser, server, { as: true });
  const add = () => page.getByRole("button", { name: "Условие", exact: true }).first().click();
  const done = () => page.getByRole("button", { name: "Готово", exact: true }).last().click();
  const apply = () => page.getByRole("button", { name: "Показать", exact: true }).last().click();

  await claim("two conditions are one by «или», and the list shows what fits either", async () => {
    await page.goto("/clients?search=" + encodeURIComponent("сад"));
    await rowsAre(page, ["Сад 1", "Сад 2", "Сад 3"]);
    await add();
    await choose(page, "Что сравнить", "Город");
    await choose(page, "Как сравнить", "равно");
    await page.getByRole("textbox", { name: "Город" }).fill("Омск");
    await page.getByRole("button", { name: "Или ещё…" }).click();
    await page.getByRole("button", { name: "Условие", exact: true }).last().click();
    await choose(page, "Что сравнить", "Город");
    await choose(page, "Как сравнить", "не заполнено");
    await done();
    await picture(page, "filter-group");
    await soundFor(page, "a group of conditions");
    await apply();
    await rowsAre(page, ["Сад 1", "Сад 3"]);
    await chip(page, "Город: «Омск» или Город: не заполнено").waitFor();
  });
  await claim(
    "a condition that was begun in a group is left by its cross and by Escape, and the others stay",
    async () => {
      await page.goto("/clients?search=" + encodeURIComponent("сад"));
      await rowsAre(page, ["Сад 1", "Сад 2", "Сад 3"]);
      await add();
      await choose(page, "Что сравнить", "Город");
      await choose(page, "Как сравнить", "не заполнено");
      await page.getByRole("button", { name: "Или ещё…" }).click();
      const more = page.getByRole("button", { name: "Условие", exact: true }).last();
      await more.click();
      await picture(page, "filter-begun");
      await page.getByRole("button", { name: "Убрать начатое условие" }).click();
      await more.click();
      await choose(page, "Что сравнить", "Город");
      await page.getByRole("textbox", { name: "Город" }).press("Escape");
      await page.getByRole("button", { name: "Убрать начатое условие" }).waitFor({ state: "detached" });
      await page.getByRole("textbox", { name: "Как соединить" }).waitFor();
    },
  );
  await claim("a press beside it closes it, presses nothing else and keeps what was built", async () => {
    const { x, y, width, height } = await page.getByRole("link", { name: "Сад 1", exact: true }).boundingBox();
    await page.mouse.click(x + width / 2, y + height / 2);
    await page.getByRole("textbox", { name: "Как соединить" }).waitFor({ state: "hidden" });
    same(new URL(page.url()).pathname, "/clients", "the place");
    await add();
    await apply();
    await rowsAre(page, ["Сад 3"]);
    await chip(page, "Город: не заполнено").waitFor();
  });
  await claim("a step over a reference is a condition like any other", async () => {
    await page.goto("/clients?search=" + encodeURIComponent("сад"));
    await add();
    await page.getByRole("textbox", { name: "Что сравнить" }).fill("· город");
    await page
      .getByRole("option", { name: /· Город$/ })
      .first()
      .click();
    await page.getByRole("textbox", { name: "Город" }).fill("Омск");
    await choose(page, "Как сравнить", "равно");
    await page.keyboard.press("Tab");
    await apply();
    await rowsAre(page, ["Сад 2"]);
    await chip(page, "Головная организация · Город: «Омск»").waitFor();
  });
  await claim("whoever asks is «я», and his records are found", async () => {
    await page.goto("/clients?search=" + encodeURIComponent("сад"));
    await add();
    await choose(page, "Что сравнить", "Ответственный менеджер");
    await choose(page, "Кто", "я");
    await apply();
    await rowsAre(page, ["Сад 1"]);
    await chip(page, "Ответственный менеджер: я").waitFor();
  });
  await claim("days go by the clock: of this month's beginning, of so many days ago", async () => {
    await page.goto("/sales?search=" + encodeURIComponent("сад"));
    await add();
    await choose(page, "Что сравнить", "День");
    await choose(page, "Как сравнить", "не позже");
    await choose(page, "Когда", "столько дней назад");
    await picture(page, "filter-days");
    await apply();
    await chip(page, "День: не позже чем 14 дней назад").waitFor();
    await page.getByText("Сад-Б").waitFor();
    await page.getByText("Сад-А").waitFor({ state: "detached" });
    await chip(page, "День: не позже чем 14 дней назад").click();
    await choose(page, "Как сравнить", "не раньше");
    await choose(page, "Когда", "начала месяца");
    await apply();
    await chip(page, "День: с начала месяца").waitFor();
    await page.getByText("Сад-А").waitFor();
  });
  await claim("clients are found by the sales that there are, and by those that there are not", async () => {
    await page.goto("/clients?search=" + encodeURIComponent("сад"));
    await add();
    await choose(page, "Что сравнить", "Продажи");
    await picture(page, "filter-rows");
    await apply();
    await rowsAre(page, ["Сад 1"]);
    await chip(page, "Продажи: есть").click();
    await choose(page, "Сколько", "нет");
    await page.getByRole("button", { name: "Условие", exact: true }).last().click();
    await choose(page, "Что сравнить", "День");
    await choose(page, "Как сравнить", "не раньше");
    await choose(page, "Когда", "столько дней назад");
    await done();
    await soundFor(page, "rows");
    await apply();
    await rowsAre(page, ["Сад 2", "Сад 3"]);
    await chip(page, "Продажи: нет таких, где День: не раньше чем 14 дней назад").waitFor();
    holds((await rows(page)).length === 2, "only these are shown");
    await page.reload();
    await rowsAre(page, ["Сад 2", "Сад 3"]);
  });
  await claim("a condition is built with the keys alone", async () => {
    await page.goto("/clients?search=" + encodeURIComponent("сад"));
    await rowsAre(page, ["Сад 1", "Сад 2", "Сад 3"]);
    await page.getByRole("button", { name: "Условие", exact: true }).focus();
    await page.keyboard.press("Enter");
    await page.keyboard.type("Телефоны");
    await page.getByRole("option", { name: "Телефоны", exact: true }).waitFor();
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Enter");
    await page.getByRole("textbox", { name: "Сколько" }).waitFor();
    for (
      let at = 0;
      at < 8 && !(await page.getByRole("button", { name: "Показать" }).evaluate((e) => e === document.activeElement));
      at++
    )
      await page.keyboard.press("Tab");
    await page.keyboard.press("Enter");
    await rowsAre(page, ["Сад 3"]);
    await chip(page, "Телефоны: есть").waitFor();
  });
  await claim("on a phone, in the dark, a condition is written and read as well", async () => {
    const phone = await openWindow(browser, server, { width: 390, height: 780, dark: true, touch: true, as: true });
    const late = { field: "day", op: "to", value: { day: "quarter.end" } };
    const filter = {
      any: [
        { none: "<sale.client_id", where: [late] },
        { field: "parent_id.city", op: "is", value: "Омск" },
      ],
    };
    await phone.page.goto("/clients?filter=" + encodeURIComponent(JSON.stringify(filter)));
    const words = "Продажи: нет таких, где День: до конца квартала или Головная организация · Город: «Омск»";
    await chip(phone.page, words).click();
    await phone.page.getByRole("textbox", { name: "Как соединить" }).waitFor();
    await phone.page
      .getByRole("button", { name: /^Продажи: нет/ })
      .last()
      .click();
    await picture(phone.page, "filter-phone-dark");
    const wide = await phone.page.evaluate(() => document.documentElement.scrollWidth > innerWidth);
    holds(!wide, "nothing is wider than the phone");
    await phone.close();
  });
  await claim("what the editor cannot make is read and taken away, and never becomes something else", async () => {
    const several = { field: "city", op: "in", value: ["Омск", "Пермь"] };
    await page.goto(
      `/clients?search=${encodeURIComponent("сад")}&filter=${encodeURIComponent(JSON.stringify(several))}`,
    );
    await rowsAre(page, ["Сад 1", "Сад 2"]);
    const bar = page.getByRole("group", { name: "Условия отбора" });
    const words = await bar.getByText(/Омск/).textContent();
    same(await bar.getByRole("button", { name: words, exact: true }).count(), 0, "buttons that open it");
    await bar.getByRole("button", { name: new RegExp(`^Убрать.*Омск`) }).click();
    await rowsAre(page, ["Сад 1", "Сад 2", "Сад 3"]);
  });
  await claim("where nothing is found, one press lets go of search and conditions", async () => {
    const nowhere = { field: "city", op: "is", value: "Нигде" };
    await page.goto(
      `/clients?search=${encodeURIComponent("сад")}&filter=${encodeURIComponent(JSON.stringify(nowhere))}`,
    );
    await page.getByText("Ничего не нашлось").waitFor();
    await page.getByRole("button", { name: "Убрать поиск и условия" }).click();
    await page.getByRole("link", { name: "Сад 1", exact: true }).waitFor();
    same(new URL(page.url()).search, "", "what the address says");
  });
  await claim("an empty list says why to everybody, and its way adds the first", async () => {
    await page.goto("/settings/absences");
    await page.getByText("Отметьте отпуск или болезнь").waitFor();
    await page.getByRole("main").getByRole("button").last().click();
    await page.getByRole("dialog").waitFor();
  });
  await claim("a value that comes late takes the focus from nobody who has gone on meanwhile", async () => {
    const late = await openWindow(browser, server, { as: true });
    await late.page.route(/DayInput-.*\.js/, async (route) => {
      await new Promise((done) => setTimeout(done, 700));
      await route.continue();
    });
    const since = { field: "day", op: "from", value: before };
    await late.page.goto(`/sales?filter=${encodeURIComponent(JSON.stringify(since))}`);
    const bar = late.page.getByRole("group", { name: "Условия отбора" });
    await bar.getByRole("button").first().click();
    const field = late.page.getByRole("textbox", { name: "Что сравнить", exact: true });
    await field.click();
    await late.page.keyboard.press("ControlOrMeta+A");
    await late.page.keyboard.type("ном");
    const dialog = late.page.getByRole("dialog");
    await dialog.getByRole("textbox", { name: "День", exact: true, disabled: false }).waitFor();
    await late.page.keyboard.type("ер");
    same(await field.inputValue(), "номер", "what has been typed");
    await late.close();
  });
  await claim("a moment is compared with a day and an hour, and with hours by the clock", async () => {
    await page.goto("/clients?search=" + encodeURIComponent("сад"));
    await rowsAre(page, ["Сад 1", "Сад 2", "Сад 3"]);
    await add();
    await choose(page, "Что сравнить", "Создано");
    await choose(page, "Как сравнить", "не раньше");
    await choose(page, "Когда", "столько часов назад");
    await page.getByLabel("Сколько часов").fill("2");
    await picture(page, "filter-hours");
    await apply();
    await rowsAre(page, ["Сад 1", "Сад 2", "Сад 3"]);
    await chip(page, /^Создано: .*2 (ч|часа)/)
      .first()
      .waitFor();
    await page.goto("/clients?search=" + encodeURIComponent("сад"));
    await rowsAre(page, ["Сад 1", "Сад 2", "Сад 3"]);
    await add();
    await choose(page, "Что сравнить", "Создано");
    await choose(page, "Как сравнить", "не позже");
    await choose(page, "Когда", "день и час");
    await page
      .getByLabel(/день$|дата$/i)
      .last()
      .fill("01.02.2026");
    await page.keyboard.press("Escape");
    await page
      .getByLabel(/час|время/i)
      .last()
      .fill("09:30");
    await page.keyboard.press("Tab");
    await picture(page, "filter-moment");
    await apply();
    await chip(page, /^Создано: .*1.февр?.*2026,.09:30/)
      .first()
      .waitFor();
    await page.getByText("Ничего не нашлось").waitFor();
  });
  await claim("nothing broke on the way", async () => same(faults.join("; "), "", "the console"));
  for (const { id } of sales) await owner.post(`/api/sale/${id}/archive`, {});
  await close();
}
