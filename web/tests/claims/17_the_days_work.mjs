// The day's work: what to do now, in order; a call closed with its result and the next one; a task of the head's.
import { claim, holds, same } from "../claims.mjs";
import { openWindow, picture, settled, soundFor } from "../browser.mjs";
import { Caller, OWNER, startServer } from "../server.mjs";

const inMinutes = (n) => new Date(Date.now() + n * 60_000).toISOString();

/* Анна works, Сергей heads her unit. */
async function firm(program) {
  const server = await startServer(program);
  const setUp = { token: server.token, firm: server.firm, user: OWNER, example: false };
  await new Caller(server.base).post("/api/setup", setUp);
  const owner = await server.caller();
  const roles = (await owner.get("/api/role?limit=200")).items;
  const roleOf = (name) => roles.find((role) => role.name === name).id;
  const person = async (values) => {
    const made = await owner.post("/api/user", { language: "ru", ...values });
    await owner.post(`/api/user/${made.id}/password`, { password: OWNER.password });
    return made.id;
  };
  const sergey = await person({ name: "Сергей Волков", login: "sergey", role_id: roleOf("Супервайзер") });
  const north = await owner.post("/api/unit", { name: "Север", head_id: sergey });
  const sellers = { role_id: roleOf("Менеджер по продажам"), unit_id: north.id };
  const anna = await person({ name: "Анна Белова", login: "anna", ...sellers });
  await owner.patch(`/api/user/${sergey}`, { unit_id: north.id });
  const hers = await server.caller({ login: "anna", password: OWNER.password });
  const kinds = (await hers.get("/api/activity_kind?limit=200")).items;
  const kindOf = (channel) => kinds.find((kind) => kind.channel === channel).id;
  const aim = (await hers.get("/api/aim?limit=200")).items[0].id;
  const irina = await hers.post("/api/person", { name: "Ирина Лаврова", phones: [{ number: "+7 912 000-11-22" }] });
  const client = await hers.post("/api/client", {
    name: "Ромашка",
    kind: "organisation",
    persons: [{ person_id: irina.id, role: "decides" }],
    addresses: [{ kind: "actual", text: "ул. Ленина, 1" }],
    phones: [{ number: "+7 343 222-33-44" }],
  });
  const other = await hers.post("/api/client", { name: "Лютик", kind: "organisation" });
  const contact = { kind_id: kindOf("call"), aim_id: aim, client_id: client.id, person_id: irina.id };
  const before = await hers.post("/api/activity", { ...contact, due_at: inMinutes(-3) });
  await hers.post(`/api/activity/${before.id}/close`, {
    result: "Просили образцы к среде",
    outcome: "interested",
    next: { due_at: inMinutes(2) },
  });
  await hers.post("/api/activity", { ...contact, person_id: null, client_id: other.id, due_at: inMinutes(4) });
  return { server, owner, hers, anna, sergey, client, other, irina, kindOf, aim };
}

const anna = { as: { login: "anna", password: OWNER.password } };
const lines = (page) => page.getByRole("list", { name: "Что сделать" }).locator("> li");
const textOf = async (row) => (await row.innerText()).replace(/\s+/g, " ");
const nextIn = (row) => row.getByRole("group", { name: "Следующий контакт" });

export default async function story({ browser, program }) {
  const { server, owner, hers, anna: annaId, client, irina } = await firm(program);
  const { page, faults, close } = await openWindow(browser, server, anna);
  await claim("the first screen after signing in is Today, and it stands first in the rail", async () => {
    await page.getByRole("heading", { name: "Сегодня" }).waitFor();
    same(new URL(page.url()).pathname, "/today", "the address");
    same(await page.getByRole("navigation").locator("ul a").first().innerText(), "Сегодня", "the first place");
  });
  await claim("lines stand in order, each with whom, its reason and one button; a call is dialled", async () => {
    await lines(page).nth(1).waitFor();
    same(await lines(page).count(), 2, "the lines");
    holds(/Ромашка.*Ирина Лаврова.*через \d минут/.test(await textOf(lines(page).first())), "the first is soonest");
    const call = lines(page).first().getByRole("link", { name: "Позвонить" });
    same(await call.getAttribute("href"), "tel:+79120001122", "the number of the person");
    await settled(page);
    await picture(page, "today");
    await soundFor(page, "today");
  });
  await claim(
    "cdb_09 what was said before stands beside the call: the day, who, how it ended, the result",
    async () => {
      await lines(page)
        .first()
        .getByRole("button", { name: /Ромашка/ })
        .click();
      const before = lines(page).first().getByRole("region", { name: "Что было раньше" });
      await before.getByText("Просили образцы к среде").waitFor();
      await before.getByText("Анна Белова").waitFor();
      await before.getByText("интересно", { exact: true }).waitFor();
      await settled(page);
      await picture(page, "today open");
      await soundFor(page, "today open");
    },
  );
  await claim("cdb_08 a call is not closed without its result, nor without the next contact", async () => {
    const row = lines(page).first();
    await row.getByRole("button", { name: "Готово" }).click();
    await row.getByText("Назначьте следующий контакт").waitFor();
    await row.getByLabel(/^Итог/).fill("Берут две коробки, переехали");
    await row.getByRole("button", { name: "Готово" }).click();
    await row.getByText("Назначьте следующий контакт").waitFor();
    await picture(page, "today refused");
  });
  await claim(
    "cdb_11 what was learnt is put right in the same form, and the next line comes with the focus",
    async () => {
      const row = lines(page).first();
      await row.getByRole("button", { name: "Исправить адреса и телефоны клиента" }).click();
      await row.getByLabel("Адрес", { exact: true }).fill("ул. Мира, 2");
      await nextIn(row).getByText("Через неделю").click();
      await row.getByRole("button", { name: "Готово" }).click();
      await page.getByText("Закрыто", { exact: true }).waitFor();
      await lines(page).getByText("Ромашка").waitFor({ state: "detached" });
      const following = lines(page).first();
      holds((await textOf(following)).startsWith("Лютик"), "the next one is there");
      await following.getByLabel(/^Итог/).waitFor();
      holds(await following.evaluate((li) => li.contains(document.activeElement)), "and has the focus");
      const card = await hers.get(`/api/client/${client.id}`);
      same(card.addresses[0].text, "ул. Мира, 2", "the address on the card");
      const open = await hers.get(
        `/api/activity?filter=${encodeURIComponent(
          JSON.stringify({
            all: [
              { field: "client_id", op: "is", value: client.id },
              { field: "state", op: "is", value: "open" },
            ],
          }),
        )}`,
      );
      same(open.items.length, 1, "next contacts");
    },
  );
  await claim("what was closed is opened again within ten seconds, and its next contact goes", async () => {
    await page.getByRole("status").getByRole("button", { name: "Отменить" }).first().click();
    await lines(page).getByText("Ромашка").waitFor();
    const open = await hers.get(
      "/api/activity/count?filter=" + encodeURIComponent('{"field":"state","op":"is","value":"open"}'),
    );
    same(open.count, 2, "open ones");
  });
  await claim(
    "by keys alone: j and Enter open a line, it is put off until tomorrow, and is gone from today",
    async () => {
      await page.keyboard.press("Escape");
      await page.goto("/today");
      await lines(page).nth(1).waitFor();
      await page.locator("main").focus();
      await page.keyboard.press("j");
      await page.keyboard.press("j");
      await page.keyboard.press("k");
      await page.keyboard.press("j");
      await page.keyboard.press("Enter");
      const row = lines(page).nth(1);
      await row.getByRole("button", { name: "Перенести" }).focus();
      await page.keyboard.press("Enter");
      const box = page.getByRole("dialog");
      await box.getByLabel("Завтра").focus();
      await page.keyboard.press("Space");
      await box.getByRole("button", { name: "Перенести" }).focus();
      await page.keyboard.press("Enter");
      await page.getByText("Перенесено").waitFor();
      await lines(page).nth(1).waitFor({ state: "detached" });
    },
  );
  await claim(
    "sys_04 a task that the head sets appears without a reload; he sees it done, by whom and what came of it",
    async () => {
      const head = await openWindow(browser, server, { as: { login: "sergey", password: OWNER.password } });
      await head.page.getByRole("region", { name: "Ваши люди" }).getByText("Анна Белова").waitFor();
      await settled(head.page);
      await picture(head.page, "today of a head");
      await head.page.getByRole("button", { name: "Запланировать дело" }).first().click();
      const dialog = head.page.getByRole("dialog");
      await dialog.getByRole("textbox", { name: "Вид" }).click();
      await head.page.getByRole("option", { name: "Задача" }).click();
      await dialog.getByLabel(/^Что сделать/).fill("Собрать долги");
      await dialog.getByText("Сегодня", { exact: true }).click();
      const whose = dialog.getByRole("combobox", { name: "Исполнитель" });
      await whose.fill("Анна");
      await head.page.getByRole("option", { name: "Анна Белова" }).click();
      await picture(head.page, "planning");
      await soundFor(head.page, "planning");
      await dialog.getByRole("button", { name: "Запланировать" }).click();
      await dialog.waitFor({ state: "detached" });
      await lines(page).getByText("Собрать долги").waitFor({ timeout: 15_000 });
      const row = lines(page).filter({ hasText: "Собрать долги" });
      await row.getByRole("button", { name: "Закрыть с итогом" }).click();
      await row.getByLabel(/^Итог/).fill("Заплатили трое");
      await row.getByLabel(/^Итог/).press("Control+Enter");
      await row.waitFor({ state: "detached" });
      const team = head.page.getByRole("region", { name: "Ваши люди" });
      const done = team
        .getByRole("listitem")
        .filter({ hasText: "Анна Белова" })
        .getByRole("link", { name: /сделано/ });
      await done.filter({ hasText: "2" }).waitFor({ timeout: 15_000 });
      await done.click();
      await head.page.getByText("Собрать долги").first().waitFor();
      await head.page.getByText("Собрать долги").first().click();
      await head.page.getByText("Заплатили трое").first().waitFor();
      holds(!head.faults.length, `nothing throws: ${head.faults.join("; ")}`);
      await head.close();
    },
  );
  await claim(
    "asc_28 a visit is planned from the client's card with place, aim and person, and is not closed without a result",
    async () => {
      await page.goto(`/clients/${client.id}`);
      const work = page.getByRole("region", { name: "Работа с клиентом" });
      await work.getByText("Просили образцы к среде").waitFor();
      await work.getByRole("button", { name: "Визит" }).click();
      const dialog = page.getByRole("dialog");
      await dialog.getByRole("button", { name: "Запланировать" }).click();
      await dialog.getByText("Укажите", { exact: false }).first().waitFor();
      await picture(page, "visit refused");
      await dialog.getByRole("textbox", { name: /^Цель/ }).click();
      await page.getByRole("option").first().click();
      await dialog.getByLabel("Место").fill("Склад на Ленина");
      await dialog.getByText("Завтра").click();
      await dialog.getByLabel("Время").fill("10:30");
      await dialog.getByRole("button", { name: "Запланировать" }).click();
      await dialog.waitFor({ state: "detached" });
      const visit = work.getByRole("listitem").filter({ hasText: "Визит" });
      await visit.getByText("10:30", { exact: false }).waitFor();
      await settled(page);
      await picture(page, "client with work");
      await soundFor(page, "client with work");
      await visit.getByRole("link").click();
      const form = page.getByRole("region", { name: "Закрыть с итогом" });
      await form.getByRole("button", { name: "Готово" }).click();
      await form.getByText("Напишите, чем закончилось").waitFor();
      await settled(page);
      await picture(page, "activity card");
    },
  );
  await claim("cdb_12 a person's card counts the chain of contacts", async () => {
    await page.goto(`/persons/${irina.id}`);
    const chain = page.getByRole("region", { name: "Цепочка контактов" });
    await chain.getByText("Просили образцы к среде").waitFor();
    const first = chain.getByRole("listitem").last();
    holds((await textOf(first)).startsWith("1 "), "the earliest is number one");
    await settled(page);
    await picture(page, "chain of contacts");
    await soundFor(page, "chain of contacts");
  });
  await claim(
    "the calendar shows what is to be done; carried by keys it is due later, and an hour that is pressed is planned",
    async () => {
      const planned = (await hers.get("/api/activity?search=" + encodeURIComponent("Визит"))).items[0];
      await page.goto(`/calendar?span=day&at=${planned.due_day}`);
      const calendar = page.getByRole("region", { name: "Календарь" });
      const visit = calendar.locator("a.fc-event").filter({ hasText: "Ромашка · Визит" });
      await visit.waitFor();
      await calendar.locator("a.fc-event").filter({ hasText: "Лютик" }).waitFor(); // some time that day
      await settled(page);
      await picture(page, "calendar");
      await soundFor(page, "calendar");
      await visit.focus();
      await page.keyboard.press("Shift+ArrowDown");
      await visit.filter({ hasText: "11:00" }).waitFor();
      await calendar.locator('.fc-timegrid-slot-lane[data-time="15:00:00"]').click();
      const dialog = page.getByRole("dialog");
      same(await dialog.getByLabel("Время").inputValue(), "15:00", "the hour");
      await dialog.getByRole("button", { name: "Отмена" }).click();
    },
  );
  await claim("a head's calendar shows his people, each by name", async () => {
    const head = await openWindow(browser, server, { as: { login: "sergey", password: OWNER.password } });
    await head.page.goto("/calendar?span=agenda");
    await head.page.getByText("все, кого вижу").click();
    await head.page.getByText("Ромашка · Звонок · Анна Белова").first().waitFor();
    await settled(head.page);
    await picture(head.page, "calendar of a head");
    holds(!head.faults.length, `nothing throws: ${head.faults.join("; ")}`);
    await head.close();
  });
  await claim(
    "sys_07 where work with each client stopped is a line a client; a head comes to it from his person's line",
    async () => {
      const head = await openWindow(browser, server, { as: { login: "sergey", password: OWNER.password } });
      await head.page.getByRole("listitem").filter({ hasText: "Анна Белова" }).getByText("Где остановились").click();
      await head.page.waitForURL(/\/standing\?whose=/);
      const row = head.page.getByRole("row").filter({ hasText: "Ромашка" });
      await row.getByText("Просили образцы к среде").waitFor();
      await row
        .getByRole("link", { name: /Звонок/ })
        .first()
        .waitFor();
      await settled(head.page);
      await picture(head.page, "where things stand");
      await soundFor(head.page, "where things stand");
      await head.page.setViewportSize({ width: 390, height: 844 });
      await settled(head.page);
      await picture(head.page, "where things stand on a phone");
      await soundFor(head.page, "where things stand on a phone");
      await head.page.getByRole("button", { name: "Очистить" }).click();
      await row.getByText("Анна Белова").first().waitFor();
      await row.getByRole("link", { name: "Ромашка" }).click();
      await head.page.getByRole("heading", { name: "Ромашка" }).waitFor();
      holds(!head.faults.length, `nothing throws: ${head.faults.join("; ")}`);
      await head.close();
    },
  );
  await claim("on a phone a line's button lies under the thumb, and a call is closed by touch", async () => {
    const phone = await openWindow(browser, server, { ...anna, width: 390, height: 844, touch: true });
    const row = lines(phone.page).first();
    await row.waitFor();
    await settled(phone.page);
    await picture(phone.page, "today on a phone");
    await row.getByRole("button", { name: /Ромашка/ }).tap();
    await row.getByLabel(/^Итог/).fill("Договорились");
    await nextIn(row).getByText("Завтра").tap();
    await settled(phone.page);
    await picture(phone.page, "closing on a phone");
    const done = row.getByRole("button", { name: "Готово" });
    holds(((await done.boundingBox())?.height ?? 0) >= 44, "the button is a finger high");
    await soundFor(phone.page, "closing on a phone");
    await done.tap();
    await phone.page.getByText("На сегодня всё сделано").waitFor();
    await picture(phone.page, "today done");
    await phone.close();
  });
  await claim("in the dark and in English it is the same screen", async () => {
    await owner.patch(`/api/user/${annaId}`, { language: "en" });
    const dark = await openWindow(browser, server, { ...anna, dark: true, language: "en-GB" });
    await dark.page.getByRole("heading").first().waitFor();
    await settled(dark.page);
    await picture(dark.page, "today dark");
    await soundFor(dark.page, "today dark");
    await dark.close();
  });
  holds(!faults.length, `nothing throws: ${faults.join("; ")}`);
  await close();
  await server.stop();
}
