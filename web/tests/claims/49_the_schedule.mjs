// What runs by itself is seen, run at once, switched off and given another rhythm; the calendar is corrected; in both
// languages, on a phone too.
import { claim, holds, same } from "../claims.mjs";
import { openWindow, picture, soundFor } from "../browser.mjs";
import { Caller, OWNER, startServer } from "../server.mjs";

export default async function story({ browser, program }) {
  const server = await startServer(program);
  await new Caller(server.base).post("/api/setup", { token: server.token, firm: server.firm, user: OWNER });
  const owner = await server.caller();
  const { page, faults, close } = await openWindow(browser, server, { as: true });
  const line = (name) => page.getByRole("listitem").filter({ hasText: name });
  const teams = async () => (await owner.get("/api/schedule")).items.find(({ name }) => name === "teams");
  await claim("each round says in words when it comes, and how it went", async () => {
    await page.goto("/settings/schedule");
    await line("Кто в чьей команде").getByText("Каждый день в 00:00").waitFor();
    await line("Подсчёт классов")
      .getByText(/Следующий раз/)
      .waitFor();
    await soundFor(page, "the schedule");
    await picture(page, "schedule");
  });
  await claim("each comes by the zone that the set-up named, from the first day on", async () => {
    const { items } = await owner.get("/api/schedule");
    const hourOf = ({ next_at: at }) => (new Date(at).getUTCHours() + 5) % 24; // Yekaterinburg
    for (const round of items.filter(({ here, rhythm }) => here && rhythm.startsWith("daily")))
      same(hourOf(round), Number(round.rhythm.slice(6, 8)), round.name);
  });
  await claim("one is run now, and its end is seen without a reload", async () => {
    await page.getByRole("button", { name: "Выполнить сейчас: Кто в чьей команде" }).click();
    await page.getByText("Началось").waitFor();
    await line("Кто в чьей команде")
      .getByText(/Выполнено/)
      .waitFor();
  });
  await claim("it is switched off and on by keys", async () => {
    const on = page.getByRole("switch", { name: "Включено: Кто в чьей команде" });
    await on.focus();
    await page.keyboard.press("Space");
    await line("Кто в чьей команде").getByText("Выключено").waitFor();
    same((await teams()).off, true, "off");
    await page.keyboard.press("Space");
    await line("Кто в чьей команде")
      .getByText(/Следующий раз/)
      .waitFor();
  });
  await claim("its rhythm is put together from parts, said in words, and put back", async () => {
    await page.getByRole("button", { name: "Изменить ритм: Кто в чьей команде" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByRole("textbox", { name: "Как часто" }).click();
    await page.getByRole("option", { name: "По дням недели" }).click();
    await dialog.getByText("чт", { exact: true }).click();
    await dialog.getByLabel("Время").fill("07:30");
    await dialog.getByText("каждую неделю: пн, чт в 07:30").waitFor();
    await soundFor(page, "the rhythm");
    await picture(page, "schedule-rhythm");
    await dialog.getByRole("button", { name: "Сохранить" }).click();
    await line("Кто в чьей команде").getByText("Обычно: каждый день в 00:00").waitFor();
    same((await teams()).rhythm, "weekly mon,thu 07:30", "the rhythm");
    await page.getByRole("button", { name: "Изменить ритм: Кто в чьей команде" }).click();
    await dialog.getByRole("button", { name: "Как обычно" }).click();
    await dialog.waitFor({ state: "hidden" });
    same((await teams()).rhythm, "daily 00:00", "the rhythm");
  });
  await claim("who has changed a round is told where it is changed", async () => {
    await page.getByRole("button", { name: "Изменить ритм: Кто в чьей команде" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByText("Кто и что менял").click();
    await dialog.getByText(/Ольга.*: каждый день в 00:00 → каждую неделю: пн, чт в 07:30/i).waitFor();
    await picture(page, "schedule-changes");
    await page.keyboard.press("Escape");
    await dialog.waitFor({ state: "hidden" });
  });
  await claim("a holiday of one office is set for its unit, and the firm works that day", async () => {
    await owner.post("/api/unit", { name: "Казань" });
    await page.reload();
    const whose = page.getByLabel("Чей календарь");
    const day = page.getByLabel("День", { exact: true });
    await whose.click();
    await page.getByRole("option", { name: "Казань" }).click();
    await day.fill(`31.08.${new Date().getFullYear()}`);
    await page.keyboard.press("Escape");
    await page.getByRole("button", { name: "Назначить" }).click();
    await page
      .getByText(/31 августа/)
      .first()
      .waitFor();
    await picture(page, "schedule-unit");
    await page.reload();
    await whose.waitFor();
    same(await page.getByText(/31 августа/).count(), 0, "days of the firm");
  });
  await claim("a time and a year are typed key by key; what is left unfinished is what was meant last", async () => {
    const begins = page.getByLabel("Начало дня");
    const typed = async (field, text, shown) => {
      await field.click();
      await page.keyboard.press("Control+A");
      await page.keyboard.type(text);
      await page.keyboard.press("Tab");
      same(await field.inputValue(), shown, `${text} typed`);
    };
    await typed(begins, "830", "08:30");
    await typed(begins, "9", "09:00");
    await typed(begins, "25:00", "09:00");
    await typed(page.getByRole("textbox", { name: "Год" }), "2026", "2026");
    await typed(page.getByRole("textbox", { name: "Год" }), "20", "2026");
  });
  await claim("a day of the calendar is made a working one and taken back", async () => {
    const before = (await owner.get("/api/calendar?year=2027")).months[4].workdays;
    await page.getByRole("textbox", { name: "Год" }).fill("2027");
    await page.getByText(/2027 год: 247 рабочих дней, 1.972 ч/).waitFor();
    await page.getByLabel("День", { exact: true }).fill("03.05.2027");
    await page.keyboard.press("Escape");
    await page.getByRole("textbox", { name: "Каким его считать" }).click();
    await page.getByRole("option", { name: "рабочий", exact: true }).click();
    await page.getByRole("button", { name: "Назначить" }).click();
    const own = page.getByRole("listitem").filter({ hasText: "3 мая 2027" });
    await own.getByRole("button", { name: "Отменить" }).waitFor();
    same((await owner.get("/api/calendar?year=2027")).months[4].workdays, before + 1, "working days of May");
    await own.getByRole("button", { name: "Отменить" }).click();
    await own.getByRole("button", { name: "Отменить" }).waitFor({ state: "hidden" });
    same((await owner.get("/api/calendar?year=2027")).months[4].workdays, before, "working days of May");
  });
  await claim("in English, on a phone, nothing is cut off", async () => {
    const { user } = await owner.get("/api/session");
    await owner.patch(`/api/user/${user.id}`, { language: "en" });
    const phone = await openWindow(browser, server, { width: 390, height: 844, touch: true, as: true });
    await phone.page.goto("/settings/schedule");
    await phone.page.getByText("Every day at 00:00").waitFor();
    await picture(phone.page, "schedule-phone");
    holds(await phone.page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), "it scrolls sideways");
    await soundFor(phone.page, "the schedule on a phone");
    same(phone.faults.join("; "), "", "the console");
    await phone.close();
  });
  await claim("nothing broke on the way", async () => same(faults.join("; "), "", "the console"));
  await close();
  await server.stop();
}
