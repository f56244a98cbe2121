// A process, edited as a draft and in force: its map, the next step on a deal's card, a move that is refused and done
// on the spot, and one that a head lets pass with a reason.
import { claim, same } from "../claims.mjs";
import { openWindow, picture, settled, soundFor } from "../browser.mjs";
import { Caller, OWNER, startServer } from "../server.mjs";

async function firm(program) {
  const server = await startServer(program);
  const setUp = { token: server.token, firm: server.firm, user: OWNER, example: false };
  await new Caller(server.base).post("/api/setup", setUp);
  const owner = await server.caller();
  const client = await owner.post("/api/client", { name: "Ромашка", kind: "organisation" });
  const versions = (await owner.get("/api/process_version")).items;
  const version = versions.find(({ name }) => name === "Привлечение клиента");
  return { server, owner, client, version };
}

const stageOf = async (owner, deal) => {
  const { stage_id: id } = await owner.get(`/api/deal/${deal.id}`);
  return (await owner.get(`/api/stage/${id}`)).name;
};

export default async function story({ browser, program }) {
  const { server, owner, client, version } = await firm(program);
  const { page, faults, close } = await openWindow(browser, server, { as: OWNER });
  const button = (name) => page.getByRole("button", { name, exact: true });
  await claim("processes are found among the rules of work", async () => {
    await page.goto("/settings/lists");
    await page.getByRole("link", { name: "Карты процессов" }).click();
    await page.getByRole("link", { name: "Привлечение клиента" }).click();
    await page.waitForURL(`**/r/process_version/${version.id}`);
  });
  await claim("a draft is edited by the names of steps and fields, and names stay when it is saved", async () => {
    const gates = page.getByRole("group", { name: "Условия", exact: true });
    const gate = gates.getByRole("row", { name: /Укажите клиента/ });
    await gate.getByRole("cell", { name: "Квалификация" }).waitFor();
    await gate.getByRole("cell", { name: "Клиент", exact: true }).waitFor();
    same(await gates.getByText(/client_id|qualify/).count(), 0, "words of the program");
    await page.locator("section", { has: gates }).getByRole("button", { name: "Добавить" }).click();
    const dialog = page.getByRole("dialog", { name: "Условия" });
    same(await dialog.getByLabel("Поле или список").count(), 0, "a tick asks for no field");
    await dialog.getByLabel(/^Что сказать/).fill("Назначен день");
    await dialog.getByRole("textbox", { name: /^Шаг/ }).click();
    await page.getByRole("option", { name: "Договор", exact: true }).click();
    await dialog.getByRole("textbox", { name: /^Что нужно/ }).click();
    await page.getByRole("option", { name: "заполненное поле" }).click();
    await dialog.getByRole("textbox", { name: "Поле или список" }).click();
    await page.getByRole("option", { name: "Ожидается", exact: true }).click();
    await picture(page, "process condition");
    await dialog.getByRole("button", { name: "Сохранить" }).click();
    await gates.getByRole("row", { name: /Назначен день.*Договор.*Ожидается/ }).waitFor();
    const steps = page.getByRole("group", { name: "Шаги", exact: true });
    await steps.getByRole("cell", { name: "Выявление потребностей" }).waitFor();
    same(await steps.getByText("…", { exact: true }).count(), 0, "names that are not known");
    await settled(page);
    await picture(page, "process draft");
    await soundFor(page, "a draft of a process");
    await page.getByRole("status").getByRole("button", { name: "Отменить" }).first().click();
    await gates.getByText("Назначен день").waitFor({ state: "detached" });
  });
  await claim("a condition on the deal is made as one of a list, and reads as a sentence", async () => {
    const gates = page.getByRole("group", { name: "Условия", exact: true });
    await gates.getByRole("button", { name: "Укажите клиента" }).click();
    const dialog = page.getByRole("dialog", { name: "Условия" });
    await dialog.getByRole("textbox", { name: /^Что нужно/ }).click();
    await page.getByRole("option", { name: "условие", exact: true }).click();
    await dialog.getByRole("button", { name: "Условие" }).click();
    await page.getByRole("textbox", { name: "Что сравнить" }).fill("Номер");
    await page.getByRole("option", { name: "Номер", exact: true }).click();
    await page.getByRole("textbox", { name: "Номер" }).fill("7");
    await page.getByRole("button", { name: "Показать", exact: true }).click();
    await dialog.getByText(/Номер.*7/).waitFor();
    await dialog.getByRole("button", { name: "Сохранить" }).click();
    await dialog.waitFor({ state: "detached" });
    await gates.getByRole("row", { name: /Укажите клиента.*Номер.*7/ }).waitFor();
    const { gates: kept } = await owner.get(`/api/process_version/${version.id}`);
    same(JSON.parse(kept.find(({ code }) => code === "client").filter).value, "7", "what it compares with");
    await settled(page);
    await picture(page, "process condition in words");
    await page.getByRole("status").getByRole("button", { name: "Отменить" }).first().click();
    await gates.getByText(/Номер.*7/).waitFor({ state: "detached" });
  });
  await claim("on paper stands the map alone", async () => {
    await page.emulateMedia({ media: "print" });
    await page.getByRole("img", { name: "Схема процесса" }).waitFor();
    for (const part of ["Шаги", "Файлы", "Реквизиты", "История"])
      same(await page.getByRole("heading", { name: part, exact: true }).isVisible(), false, part);
    await page.emulateMedia({ media: null });
  });
  await claim("a map stands drawn and as a table of a row a step, and is published by one press", async () => {
    await page.goto(`/r/process_version/${version.id}`);
    await page.getByRole("img", { name: "Схема процесса" }).waitFor();
    same(await page.locator("table").first().locator("tbody tr").count(), 6, "rows of the map");
    await settled(page);
    await picture(page, "process map");
    await soundFor(page, "the card of a version of a process");
    await button("Ввести в действие").click();
    await button("Новый черновик из неё").waitFor();
    same((await owner.get(`/api/process_version/${version.id}`)).state, "in_force", "its state");
  });
  const deal = await owner.post("/api/deal", { name: "Насос", client_id: client.id });
  await claim("the card of a deal says what comes next, with its purpose and what it may come to", async () => {
    await page.goto(`/deals/${deal.id}`);
    const next = page.getByRole("region", { name: "Дальше" });
    await next.getByText("Назначить встречу с тем, кто решает").waitFor();
    await settled(page);
    await picture(page, "deal next step");
    await soundFor(page, "a deal's card with its next step");
    same(await button("Выиграна").getAttribute("data-variant"), "default", "winning while steps are left");
    await button("Завершить шаг").click();
    await page.getByText("Укажите, чем завершился шаг").waitFor();
    await next.getByPlaceholder("Чем завершился шаг").click();
    await page.getByRole("option", { name: "Встреча назначена" }).click();
    await button("Завершить шаг").click();
    await next.getByText("Следующий шаг: 2. Квалификация").waitFor();
  });
  await claim("a move that lacks something offers it in its own dialog, and goes on when it is done", async () => {
    await button("Квалификация").click();
    await page.getByRole("region", { name: "Дальше" }).getByText("Потребность названа").waitFor();
    await button("Выявление потребностей").click();
    const dialog = page.getByRole("dialog", { name: "Ещё не всё сделано" });
    await dialog.getByLabel("Бюджет понятен").waitFor();
    await settled(page);
    await picture(page, "deal what is missing");
    await soundFor(page, "what a move lacks");
    await dialog.getByLabel("Бюджет понятен").check();
    await dialog.getByRole("button", { name: "Выполнить и перейти" }).click();
    await dialog.getByLabel("Бюджет понятен").waitFor({ state: "hidden" });
    same(await stageOf(owner, deal), "Квалификация", "half a list moves nothing");
    await dialog.getByLabel("Потребность названа").check();
    await dialog.getByLabel("Известно, кто решает").check();
    await dialog.getByRole("button", { name: "Выполнить и перейти" }).click();
    await dialog.waitFor({ state: "hidden" });
    await page.getByRole("region", { name: "Дальше" }).getByText("Выявить потребности").waitFor();
    same(await stageOf(owner, deal), "Выявление потребностей", "the stage");
  });
  await claim("whoever may goes over steps with a reason, which stands on the card", async () => {
    await button("Договор").click();
    const dialog = page.getByRole("dialog", { name: "Ещё не всё сделано" });
    await dialog.getByText("Сначала шаг «4. Коммерческое предложение»").waitFor();
    await dialog.getByLabel("Пропустить по причине").fill("Повторный клиент холдинга");
    await dialog.getByRole("button", { name: "Пропустить и перейти" }).click();
    await dialog.waitFor({ state: "hidden" });
    await page
      .getByText(/пропущено: .*, Повторный клиент холдинга/)
      .first()
      .waitFor();
    same(await stageOf(owner, deal), "Договор", "the stage");
    await settled(page);
    await picture(page, "deal overridden");
  });
  await claim(
    "from the list too: what is missing is asked where one stands, and nothing moves without it",
    async () => {
      const other = await owner.post("/api/deal", { name: "Компрессор", client_id: client.id });
      await page.goto("/deals");
      const dialog = page.getByRole("dialog", { name: "Ещё не всё сделано" });
      const goOn = async () => {
        await page.getByRole("button", { name: "Действия: Компрессор" }).click();
        await page.getByRole("menuitem", { name: "На следующий этап" }).click();
        await dialog.waitFor();
      };
      await goOn();
      await page.keyboard.press("Escape");
      await dialog.waitFor({ state: "hidden" });
      same(await stageOf(owner, other), "Лид", "the stage");
      await goOn();
      await dialog.getByLabel("1. Первый звонок").click();
      await page.getByRole("option", { name: "КП отправлено вместо встречи" }).click();
      await dialog.getByRole("button", { name: "Выполнить и перейти" }).click();
      await dialog.waitFor({ state: "hidden" });
      await page.getByText("«Компрессор»: Квалификация").first().waitFor();
      same(await stageOf(owner, other), "Квалификация", "the stage");
      const deviated = encodeURIComponent(JSON.stringify({ field: "deviated", op: "is", value: true }));
      same((await owner.get(`/api/deal/count?filter=${deviated}`)).count, 1, "deviations");
    },
  );
  await claim("on a phone and in the dark the next step and the map are there", async () => {
    const phone = await openWindow(browser, server, { as: OWNER, width: 390, height: 844, touch: true, dark: true });
    await phone.page.goto(`/deals/${deal.id}`);
    await phone.page.getByRole("region", { name: "Дальше" }).getByText("Подписать договор").waitFor();
    await settled(phone.page);
    await picture(phone.page, "deal next step on a phone");
    await phone.page.goto(`/r/process_version/${version.id}`);
    await phone.page.getByRole("img", { name: "Схема процесса" }).waitFor();
    await settled(phone.page);
    await picture(phone.page, "process map on a phone");
    same(phone.faults.join("; "), "", "the console of the phone");
    await phone.close();
  });
  await claim("nothing broke on the way", async () => same(faults.join("; "), "", "the console"));
  await close();
  await server.stop();
}
