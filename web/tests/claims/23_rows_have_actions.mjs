// What features add to the rows of lists: by mouse, by keys and by finger, at one row and at all that are picked; and
// whoever may not do it is not offered it.
import { claim, holds, same } from "../claims.mjs";
import { openWindow, picture, settled, soundFor } from "../browser.mjs";
import { Caller, OWNER, startServer } from "../server.mjs";

const tomorrow = new Date(Date.now() + 86_400_000).toISOString();

async function firm(program) {
  const server = await startServer(program);
  const setUp = { token: server.token, firm: server.firm, user: OWNER, example: false };
  await new Caller(server.base).post("/api/setup", setUp);
  const owner = await server.caller();
  const client = await owner.post("/api/client", { name: "Ромашка", kind: "organisation" });
  const deals = [];
  for (const name of ["Насос", "Компрессор", "Станок"])
    deals.push(await owner.post("/api/deal", { name, client_id: client.id, amount: "1000" }));
  const kinds = (await owner.get("/api/activity_kind?limit=200")).items;
  const task = kinds.find((kind) => kind.channel === "task") ?? kinds.find((kind) => !kind.next_needed);
  const tasks = [];
  for (const subject of ["Собрать смету", "Сверить остатки"])
    tasks.push(await owner.post("/api/activity", { kind_id: task.id, subject, due_at: tomorrow }));
  const role = await owner.post("/api/role", {
    name: "Наблюдатель",
    rights: ["deal", "activity", "client"].map((entity) => ({ entity, verb: "view", scope: "all" })),
  });
  const looker = await owner.post("/api/user", { name: "Вера", login: "vera", role_id: role.id, language: "ru" });
  await owner.post(`/api/user/${looker.id}/password`, { password: OWNER.password });
  return { server, owner, client, deals, tasks };
}

const stageOf = async (owner, deal) => {
  const { stage_id: id } = await owner.get(`/api/deal/${deal.id}`);
  return (await owner.get(`/api/stage/${id}`)).name;
};

export default async function story({ browser, program }) {
  const { server, owner, deals, tasks } = await firm(program);
  const [pump, press, lathe] = deals;
  const first = await stageOf(owner, pump);
  const { page, faults, close } = await openWindow(browser, server, { as: OWNER });
  const dots = (name) => page.getByRole("button", { name: `Действия: ${name}` });
  const item = (name) => page.getByRole("menuitem", { name });
  await claim("a deal goes on to its next stage from its row, and back by one press", async () => {
    await page.goto("/deals");
    await dots("Насос").click();
    await item("На следующий этап").waitFor();
    await settled(page);
    await picture(page, "row actions");
    await soundFor(page, "a list with an open menu of a row");
    await item("На следующий этап").click();
    await page.getByRole("button", { name: "Отменить" }).waitFor();
    holds((await stageOf(owner, pump)) !== first, "it stands further");
    await page.getByRole("button", { name: "Отменить" }).click();
    await page.getByText("Изменение отменено").waitFor();
    same(await stageOf(owner, pump), first, "the stage");
  });
  await claim("by keys: m opens the menu of the row one stands at, arrows choose, Enter does it", async () => {
    await page.goto("/deals?sort=name");
    await dots("Компрессор").waitFor();
    await page.keyboard.press("j");
    await page.keyboard.press("m");
    await item("На следующий этап").waitFor();
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Enter");
    await page.getByRole("button", { name: "Отменить" }).waitFor();
    holds((await stageOf(owner, press)) !== first, "it stands further");
  });
  await claim("those that are picked go on together, each to its own next stage", async () => {
    await page.goto("/deals?sort=name");
    await page.getByRole("button", { name: "Выбрать записи" }).click();
    for (const name of ["Насос", "Станок"]) await page.getByRole("checkbox", { name: `Выбрать: ${name}` }).check();
    const bar = page.getByRole("toolbar", { name: "Что сделать с выбранными" });
    await bar.getByRole("button", { name: "На следующий этап" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByText(/2 сделки/).waitFor();
    await settled(page);
    await picture(page, "row actions of many");
    await dialog.getByRole("button", { name: "На следующий этап" }).click();
    await dialog.waitFor({ state: "detached" });
    same(await stageOf(owner, lathe), await stageOf(owner, pump), "both stages");
    holds((await stageOf(owner, lathe)) !== first, "they stand further");
  });
  await claim("a deal at its last stage is asked how it ended", async () => {
    const stages = (await owner.get("/api/stage?sort=place&limit=200")).items;
    const here = stages.filter((stage) => stage.kind === "open" && stage.process_id === stages[0].process_id);
    const now = await owner.get(`/api/deal/${pump.id}`);
    await owner.patch(`/api/deal/${pump.id}`, { stage_id: here.at(-1).id }, now.version);
    await page.goto("/deals?sort=name");
    await dots("Насос").click();
    await item("На следующий этап").click();
    const dialog = page.getByRole("dialog");
    await dialog.getByText("Чем закончилась сделка?").waitFor();
    await dialog.getByRole("button", { name: "Выиграна" }).click();
    await dialog.waitFor({ state: "detached" });
    same((await owner.get(`/api/deal/${pump.id}`)).state, "won", "the state");
    await dots("Насос").waitFor({ state: "detached" }); // there is nothing more to be done with it
  });
  await claim("an activity is put off from its row, two of them together", async () => {
    await page.goto("/activities");
    await dots("Собрать смету").click();
    await item("Перенести").click();
    const dialog = page.getByRole("dialog");
    await dialog.getByText("Через неделю", { exact: true }).click();
    await dialog.getByRole("button", { name: "Перенести" }).click();
    await dialog.waitFor({ state: "detached" });
    holds((await owner.get(`/api/activity/${tasks[0].id}`)).due_at > tomorrow, "it is later");
    await page.getByRole("button", { name: "Выбрать записи" }).click();
    for (const name of ["Собрать смету", "Сверить остатки"])
      await page.getByRole("checkbox", { name: `Выбрать: ${name}` }).check();
    await page.getByRole("toolbar").getByRole("button", { name: "Перенести" }).click();
    await dialog.getByText("Через месяц", { exact: true }).click();
    await dialog.getByRole("button", { name: "Перенести" }).click();
    await dialog.waitFor({ state: "detached" });
    const [one, other] = await Promise.all(tasks.map(({ id }) => owner.get(`/api/activity/${id}`)));
    same(one.due_day, other.due_day, "the days");
  });
  await claim("on a phone too it is closed with its result from its row, by a finger", async () => {
    const phone = await openWindow(browser, server, { as: OWNER, width: 390, height: 844, touch: true, dark: true });
    await phone.page.goto("/activities");
    await phone.page.getByRole("button", { name: "Действия: Собрать смету" }).tap();
    await settled(phone.page);
    await picture(phone.page, "row actions on a phone");
    await phone.page.getByRole("menuitem", { name: "Закрыть с итогом" }).tap();
    const dialog = phone.page.getByRole("dialog");
    await dialog.getByLabel(/^Итог/).fill("Смета готова");
    await settled(phone.page);
    await picture(phone.page, "row close on a phone");
    await dialog.getByRole("button", { name: "Готово" }).tap();
    await dialog.waitFor({ state: "detached" });
    same((await owner.get(`/api/activity/${tasks[0].id}`)).state, "done", "the state");
    same(phone.faults.join("; "), "", "the console of the phone");
    await phone.close();
  });
  await claim("something is planned with a client from the list of clients", async () => {
    await page.goto("/clients");
    await dots("Ромашка").click();
    await item("Запланировать").click();
    const dialog = page.getByRole("dialog");
    await dialog.waitFor();
    same(await dialog.getByLabel("Клиент").first().inputValue(), "Ромашка", "the client");
    await page.keyboard.press("Escape");
  });
  await claim("whoever only looks is offered none of it", async () => {
    const looker = await openWindow(browser, server, { as: { login: "vera", password: OWNER.password } });
    await looker.page.goto("/deals");
    await looker.page.getByText("Станок").first().waitFor();
    same(await looker.page.getByRole("button", { name: /^Действия:/ }).count(), 0, "buttons");
    await looker.close();
  });
  await claim("nothing broke on the way", async () => same(faults.join("; "), "", "the console"));
  await close();
  await server.stop();
}
