// A request from a deal's card to logistics: taken, answered, returned and accepted, each by one press and its words;
// and the lists by which the firm works, a rhythm of contacts among them.
import { claim, same } from "../claims.mjs";
import { openWindow, picture, settled, soundFor } from "../browser.mjs";
import { Caller, OWNER, startServer } from "../server.mjs";

const PASSWORD = "sbyt-ural-2026";

async function firm(program) {
  const server = await startServer(program);
  const setUp = { token: server.token, firm: server.firm, user: OWNER, example: false };
  await new Caller(server.base).post("/api/setup", setUp);
  const owner = await server.caller();
  const roles = (await owner.get("/api/role?limit=200")).items;
  const person = async (name, login, role) => {
    const made = await owner.post("/api/user", {
      name,
      login,
      role_id: roles.find((each) => each.name_key === `role.${role}`).id,
    });
    await owner.post(`/api/user/${made.id}/password`, { password: PASSWORD });
    return { login, password: PASSWORD, name, id: made.id };
  };
  const anna = await person("Анна Кузнецова", "anna", "sales_manager");
  const lev = await person("Лев Орлов", "lev", "logistician");
  const client = await owner.post("/api/client", { name: "Ромашка", kind: "organisation", keeper_id: anna.id });
  const deal = await owner.post("/api/deal", { keeper_id: anna.id, name: "Ремонт цеха", client_id: client.id });
  return { server, owner, anna, lev, client, deal, person };
}

const only = async (owner) => (await owner.get("/api/request")).items[0];

export default async function story({ browser, program }) {
  const { server, owner, anna, lev, client, deal, person } = await firm(program);
  const hers = await openWindow(browser, server, { as: anna });
  const his = await openWindow(browser, server, { as: lev });
  const { page } = hers;
  await claim("prc_20 a manager asks logistics from the deal's card, and is told what they must know", async () => {
    await page.goto(`/deals/${deal.id}`);
    await page.getByRole("button", { name: "Запрос", exact: true }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByLabel(/^Вид/).click();
    await page.getByRole("option", { name: "Логистике: срок доставки" }).click();
    await dialog.getByText("Товар, количество, адрес и желаемый день").waitFor();
    await dialog.getByLabel(/^Что нужно/).fill("Когда доставим кабель в Омск?");
    await picture(page, "request new");
    await dialog.getByRole("button", { name: "Сохранить" }).click();
    await page.getByRole("link", { name: "Логистике: срок доставки" }).waitFor();
    const made = await only(owner);
    same(`${made.client_id} ${made.deal_id} ${made.state}`, `${client.id} ${deal.id} waiting`, "the request");
    await settled(page);
    await picture(page, "deal with a request");
  });
  await claim("it waits on the Today of logistics, who take it by one press and answer with words", async () => {
    await his.page.goto("/today");
    await his.page.getByText("Когда доставим кабель в Омск?").waitFor();
    await settled(his.page);
    await picture(his.page, "today with a request");
    await soundFor(his.page, "today with a request");
    await his.page.getByRole("button", { name: "Взять", exact: true }).click();
    await his.page.getByRole("button", { name: "Взять", exact: true }).waitFor({ state: "detached" });
    await his.page.getByRole("button", { name: "Ответить", exact: true }).click();
    const dialog = his.page.getByRole("dialog");
    await dialog.getByRole("button", { name: "Ответить" }).click();
    await dialog.getByText("Напишите ответ").waitFor();
    await dialog.getByLabel(/^Ответ/).fill("Скоро");
    await picture(his.page, "request answer");
    await dialog.getByRole("button", { name: "Ответить" }).click();
    await dialog.waitFor({ state: "detached" });
    same((await only(owner)).state, "answered", "its state");
  });
  await claim("who asked returns an answer that says too little, and accepts the next", async () => {
    await page.goto(`/requests/${(await only(owner)).id}`);
    await page.getByRole("button", { name: "Вернуть" }).click();
    await page
      .getByRole("dialog")
      .getByLabel(/^Чего не хватает/)
      .fill("Нужен день");
    await page.getByRole("dialog").getByRole("button", { name: "Вернуть" }).click();
    await page.getByRole("dialog").waitFor({ state: "detached" });
    const { id, version } = await only(owner);
    const logistics = await server.caller(lev);
    await logistics.ask(
      "PATCH",
      `/api/request/${id}`,
      { state: "answered", answer: "10 марта" },
      {
        "If-Match": `"${version}"`,
      },
    );
    await page.getByText("10 марта").first().waitFor();
    await settled(page);
    await picture(page, "request");
    await soundFor(page, "request");
    await page.getByRole("button", { name: "Принять ответ" }).click();
    await page.getByRole("button", { name: "Принять ответ" }).waitFor({ state: "detached" });
    same((await only(owner)).state, "accepted", "its state");
    await page.goto("/requests");
    await page.getByText("Логистике: срок доставки").first().waitFor();
    await settled(page);
    await picture(page, "requests");
  });
  await claim(
    "prc_18 a client is offered with its list ticked off, and is taken over by one press and a word",
    async () => {
      const olga = await person("Ольга Белых", "olga", "client_manager");
      const theirs = await openWindow(browser, server, { as: olga });
      await page.goto(`/clients/${client.id}`);
      await page.getByRole("button", { name: "Запрос", exact: true }).click();
      const dialog = page.getByRole("dialog");
      await dialog.getByLabel(/^Вид/).click();
      await page.getByRole("option", { name: "Передача клиента" }).click();
      await dialog.getByLabel(/^Что нужно/).fill("Берут насосы, ждут скидку");
      await dialog.getByLabel("Договор подписан").check();
      await dialog.getByRole("button", { name: "Сохранить" }).click();
      await dialog.getByText(/К передаче готово не всё: Контакты и кто решает записаны/).waitFor();
      await settled(page);
      await picture(page, "client offered, not ready");
      await soundFor(page, "client offered, not ready");
      await dialog.getByLabel("Контакты и кто решает записаны").check();
      await dialog.getByLabel("Условия оплаты и доставки записаны").check();
      await dialog.getByRole("button", { name: "Сохранить" }).click();
      await dialog.waitFor({ state: "detached" });
      same(
        (await owner.get(`/api/client/${client.id}`)).keeper_id,
        anna.id,
        "the client's keeper until it is accepted",
      );
      await theirs.page.goto("/today");
      await theirs.page.getByText("Берут насосы, ждут скидку").waitFor();
      await theirs.page.getByRole("link", { name: "Передача клиента" }).click();
      await theirs.page.getByRole("list", { name: "Готово к передаче" }).getByText("Договор подписан").waitFor();
      await settled(theirs.page);
      await picture(theirs.page, "client to be taken over");
      await soundFor(theirs.page, "client to be taken over");
      await theirs.page.getByRole("button", { name: "Принять клиента" }).click();
      await theirs.page.getByRole("dialog").getByRole("button", { name: "Принять клиента" }).click();
      await theirs.page.getByRole("dialog").waitFor({ state: "detached" });
      same((await owner.get(`/api/client/${client.id}`)).keeper_id, olga.id, "the client's keeper");
      await page.goto("/today");
      await page.getByRole("button", { name: "Понятно, закрыть" }).click();
      await page.getByRole("button", { name: "Понятно, закрыть" }).waitFor({ state: "detached" });
      same(theirs.faults.join("; "), "", "the console");
      await theirs.close();
    },
  );
  const head = await openWindow(browser, server, { as: OWNER });
  await claim(
    "prc_09 a rhythm of contacts is made under Settings, with its condition, and has a way back",
    async () => {
      await head.page.goto("/settings/lists");
      await head.page.getByRole("link", { name: "Ритмы контактов" }).waitFor();
      await settled(head.page);
      await picture(head.page, "settings lists");
      await head.page.getByRole("link", { name: "Ритмы контактов" }).click();
      await head.page.getByRole("button", { name: "Добавить" }).click();
      const dialog = head.page.getByRole("dialog");
      await dialog.getByLabel(/^Название/).fill("Омск");
      await dialog.getByLabel(/^Через сколько дней/).fill("21");
      await dialog.getByLabel(/^Вид контакта/).click();
      await head.page.getByRole("option", { name: "Звонок" }).click();
      await dialog.getByLabel(/^Цель/).click();
      await head.page.getByRole("option", { name: "Развитие клиента" }).click();
      await dialog.getByRole("button", { name: "Условие" }).click();
      await picture(head.page, "rhythm condition");
      await head.page.getByRole("textbox", { name: "Что сравнить" }).fill("Город");
      await head.page.getByRole("option", { name: "Город", exact: true }).click();
      await head.page.getByRole("textbox", { name: "Город" }).fill("Омск");
      await head.page.getByRole("button", { name: "Показать", exact: true }).click();
      await dialog.getByText("Город").waitFor();
      await picture(head.page, "rhythm new");
      await dialog.getByRole("button", { name: "Сохранить" }).click();
      await dialog.waitFor({ state: "detached" });
      const made = (await owner.get("/api/contact_rhythm?search=Омск")).items[0];
      same(JSON.stringify(made.clients), '{"field":"city","op":"is","value":"Омск"}', "its condition");
      await head.page.goto(`/settings/contact_rhythm/${made.id}`);
      await head.page.getByRole("link", { name: "Ритмы контактов" }).first().click();
      await head.page.getByRole("link", { name: "Омск", exact: true }).waitFor();
      await picture(head.page, "rhythms");
    },
  );
  same(hers.faults.concat(his.faults, head.faults).join("; "), "", "faults");
  await Promise.all([hers.close(), his.close(), head.close()]);
  await server.stop();
}
