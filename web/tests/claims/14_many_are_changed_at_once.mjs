// Rows of a list are picked by mouse, keys and finger; a deed at all of them says beforehand what it will do, whom it
// left out and why, and goes back as one.
import { claim, holds, same } from "../claims.mjs";
import { openWindow, picture, settled, soundFor } from "../browser.mjs";
import { Caller, OWNER, startServer } from "../server.mjs";

const MANY = 230;

async function firm(program) {
  const server = await startServer(program);
  const setUp = { token: server.token, firm: server.firm, user: OWNER, example: false };
  await new Caller(server.base).post("/api/setup", setUp);
  const owner = await server.caller();
  for (let at = 100; at < 100 + MANY; at++)
    await owner.post("/api/client", { name: `Запись ${at}`, city: "Омск", kind: "organisation", state: "existing" });
  return { server, owner };
}

const bar = (page) => page.getByRole("toolbar", { name: "Что сделать с выбранными" });

async function chooseField(dialog, page, name) {
  await dialog.getByRole("textbox", { name: "Что изменить" }).click();
  await page.getByRole("option", { name, exact: true }).click();
}

async function cities(owner) {
  const { items } = await owner.get("/api/client?limit=200&sort=name");
  return items.slice(0, 10).map(({ city }) => city);
}

export default async function story({ browser, program }) {
  const { server, owner } = await firm(program);
  const { page, faults, close } = await openWindow(browser, server, { as: true });
  await claim("rows are picked by mouse, several in a row with shift", async () => {
    await page.goto("/clients");
    await page.getByText(`${MANY} клиентов`).waitFor();
    await page.getByRole("button", { name: "Выбрать записи" }).click();
    await page.getByRole("checkbox", { name: "Выбрать: Запись 100" }).check();
    await page.getByRole("checkbox", { name: "Выбрать: Запись 102" }).click({ modifiers: ["Shift"] });
    await bar(page).getByText("Выбраны 3 записи").waitFor();
    await settled(page);
    await soundFor(page, "a list with picked rows");
    await picture(page, "picked-rows");
  });
  await claim("and by keys", async () => {
    await page.keyboard.press("Escape");
    await bar(page).getByRole("button", { name: "Снять выбор" }).click();
    await page.keyboard.press("j");
    await page.keyboard.press("x");
    await bar(page).getByText("Выбрана 1 запись").waitFor();
    await page.keyboard.press("j");
    await page.keyboard.press("x");
    await bar(page).getByText("Выбраны 2 записи").waitFor();
  });
  await claim("a deed says beforehand what it will do, is done, and goes back by one press", async () => {
    await bar(page).getByRole("button", { name: "Изменить поле…" }).click();
    const dialog = page.getByRole("dialog");
    await chooseField(dialog, page, "Город");
    await dialog.getByLabel("Город").fill("Пермь");
    await dialog.getByText("Изменятся 2 записи").waitFor();
    await dialog.getByText("Омск → Пермь").first().waitFor();
    await settled(page);
    await soundFor(page, "a deed before it is done");
    await picture(page, "mass-preview");
    await dialog.getByRole("button", { name: "Изменить" }).click();
    await page.getByText("Изменены 2 записи.").waitFor();
    same((await cities(owner)).filter((city) => city === "Пермь").length, 2, "clients in Perm");
    await page.getByRole("button", { name: "Отменить" }).first().click();
    await page.getByText("Всё вернулось, как было").first().waitFor();
    same([...new Set(await cities(owner))].join(), "Омск", "the cities");
  });
  await claim("all that match are changed by a job that tells how far it is", async () => {
    await page.getByRole("button", { name: "Выбрать записи" }).click();
    await bar(page)
      .getByRole("button", { name: `Выбрать все ${MANY} под этим отбором` })
      .click();
    await bar(page).getByRole("button", { name: "Изменить поле…" }).click();
    const dialog = page.getByRole("dialog");
    await chooseField(dialog, page, "Город");
    await dialog.getByLabel("Город").fill("Тверь");
    await dialog.getByText(`Изменятся ${MANY} записей`).waitFor();
    await dialog.getByRole("button", { name: "Изменить" }).click();
    await page.getByText(`Изменено ${MANY} записей.`).waitFor({ timeout: 30_000 });
    same([...new Set(await cities(owner))].join(), "Тверь", "the cities");
  });
  await claim("it is taken back when its message has long gone", async () => {
    await page.reload();
    await page.getByRole("button", { name: "Выбрать записи" }).click();
    await bar(page).getByRole("button", { name: "Отменить сделанное…" }).click();
    await page.getByRole("menuitem", { name: new RegExp(`Город: «Тверь» · ${MANY} записей`) }).click();
    await settled(page);
    await picture(page, "mass-undo");
    await page.getByRole("dialog").getByRole("button", { name: "Отменить изменение" }).click();
    await page.getByText("Всё вернулось, как было").first().waitFor({ timeout: 30_000 });
    same([...new Set(await cities(owner))].join(), "Омск", "the cities");
    await bar(page).getByRole("button", { name: "Снять выбор" }).click();
  });
  await claim("what is refused stays as it was and is told with its reason", async () => {
    await page.getByRole("button", { name: "Выбрать записи" }).click();
    for (const n of [100, 101]) await page.getByRole("checkbox", { name: `Выбрать: Запись ${n}` }).check();
    await bar(page).getByRole("button", { name: "Изменить поле…" }).click();
    const dialog = page.getByRole("dialog");
    await chooseField(dialog, page, "Название");
    holds(await dialog.getByRole("button", { name: "Изменить" }).isDisabled(), "nothing is changed by an empty field");
    await dialog.getByLabel("Очистить поле у всех выбранных").check();
    await dialog.getByText("Поле очистится у 2 записей").waitFor();
    await dialog.getByText("Запись 100 → пусто").waitFor();
    await picture(page, "mass-clear");
    await dialog.getByRole("button", { name: "Изменить" }).click();
    await dialog.getByText("2 записи остались как были").waitFor();
    holds(await dialog.getByRole("link", { name: "Запись 100" }).isVisible(), "its name");
    await settled(page);
    await soundFor(page, "what a deed left out");
    await picture(page, "mass-left");
    await dialog.getByRole("button", { name: "Закрыть" }).last().click();
    await dialog.waitFor({ state: "detached" });
  });
  await claim("nothing is handed over to nobody, and the message says to whom it went", async () => {
    const { user } = await owner.get("/api/session");
    await page.getByRole("button", { name: "Выбрать записи" }).click();
    await page.getByRole("checkbox", { name: "Выбрать: Запись 100" }).check();
    await bar(page).getByRole("button", { name: "Передать…" }).click();
    const dialog = page.getByRole("dialog");
    holds(await dialog.getByRole("button", { name: "Передать" }).isDisabled(), "with nobody chosen");
    await dialog.getByRole("combobox", { name: "Кому передать" }).click();
    await page.getByRole("option", { name: new RegExp(user.name) }).click();
    await dialog.getByText("Изменится 1 запись").waitFor();
    await dialog.getByRole("button", { name: "Передать" }).click();
    await page.getByText(`Передана 1 запись. Теперь она у сотрудника: ${user.name}`).waitFor();
    await page.getByRole("button", { name: "Отменить" }).first().click();
    await page.getByText("Всё вернулось, как было").first().waitFor();
  });
  await close();
  const phone = await openWindow(browser, server, { as: true, width: 390, height: 844, touch: true });
  await claim("a finger picks cards on a phone and puts them into the archive", async () => {
    await phone.page.goto("/clients");
    await phone.page.getByRole("button", { name: "Выбрать записи" }).click();
    await phone.page.getByText("Запись 100").first().click();
    await bar(phone.page).getByText("Выбрана 1 запись").waitFor();
    await picture(phone.page, "picked-cards");
    await bar(phone.page).getByRole("button", { name: "В архив…" }).click();
    await phone.page.getByText("В архив уйдёт 1 запись; вернуть её можно 30 дней.").waitFor();
    await phone.page.getByRole("dialog").getByText("Запись 100").waitFor();
    await picture(phone.page, "mass-archive");
    await phone.page.getByRole("dialog").getByRole("button", { name: "В архив" }).click();
    await phone.page.getByText("В архиве 1 запись.").waitFor();
    await phone.page.getByRole("button", { name: "Отменить" }).first().click();
    await phone.page.getByText("Всё вернулось, как было").first().waitFor();
  });
  await phone.close();
  await claim("nothing broke meanwhile", async () => same([...faults, ...phone.faults].join("\n"), "", "faults"));
  await server.stop();
}
