// A watch is made by mouse: what it looks at is chosen, its condition is built, it is tried and switched on; what it
// finds stands in the register and on the card.
import { claim, same } from "../claims.mjs";
import { openWindow, picture, settled, soundFor } from "../browser.mjs";
import { Caller, OWNER, startServer } from "../server.mjs";

async function firm(program) {
  const server = await startServer(program);
  const setUp = { token: server.token, firm: server.firm, user: OWNER, example: false };
  await new Caller(server.base).post("/api/setup", setUp);
  const owner = await server.caller();
  const clients = [];
  for (const name of ["Ромашка", "Лютик"])
    clients.push(await owner.post("/api/client", { name, kind: "organisation", city: "Омск" }));
  return { server, owner, client: clients[0] };
}

export default async function story({ browser, program }) {
  const { server, owner, client } = await firm(program);
  let watch = 0;
  const { page, faults, close } = await openWindow(browser, server, { as: OWNER });
  await claim("a watch is made by mouse with its condition", async () => {
    await page.goto("/settings/lists");
    await page.getByRole("link", { name: "Наблюдения" }).click();
    await page.getByRole("button", { name: "Добавить" }).click();
    const dialog = page.getByRole("dialog");
    await settled(page);
    await picture(page, "watch new");
    await dialog.getByLabel(/^Название/).fill("Клиенты в Омске");
    await dialog.getByLabel(/^За чем смотреть/).click();
    await page.getByRole("option", { name: "Клиент", exact: false }).first().click();
    await dialog.getByRole("button", { name: "Условие" }).click();
    await settled(page);
    await picture(page, "watch condition");
    await soundFor(page, "a watch being made");
    await page.getByRole("textbox", { name: "Что сравнить" }).fill("Город");
    await page.getByRole("option", { name: "Город", exact: true }).click();
    await page.getByRole("textbox", { name: "Город" }).fill("Омск");
    await page.getByRole("button", { name: "Показать", exact: true }).click();
    await dialog.getByRole("textbox", { name: "Какую задачу поставить" }).fill("Проверить договор");
    await dialog.getByLabel(/^Когда смотреть/).click();
    await page.getByRole("option").first().click();
    const term = dialog.getByRole("group", { name: "Срок задачи" });
    await term.getByRole("textbox").first().fill("1");
    await settled(page);
    await picture(page, "watch to be saved");
    await dialog.getByRole("button", { name: "Сохранить" }).click();
    await dialog.waitFor({ state: "detached" });
    const made = (await owner.get("/api/watch?search=Омске")).items[0];
    same(JSON.stringify(made.filter), '{"field":"city","op":"is","value":"Омск"}', "its condition");
    watch = made.id;
  });
  await claim(
    "it is tried before it is switched on, and what it finds stands in the register and on the card",
    async () => {
      await page.goto(`/settings/watch/${watch}`);
      await page.getByText(/Нашлось бы сейчас: 2/).waitFor();
      await settled(page);
      await picture(page, "watch card");
      await soundFor(page, "a watch");
      await page.getByRole("button", { name: "Включить" }).click();
      await page.getByRole("button", { name: "Выключить" }).waitFor();
      await page.goto("/findings");
      await page.getByText("2 замечания").waitFor({ timeout: 30_000 });
      await settled(page);
      await picture(page, "findings");
      await soundFor(page, "findings");
      await page.goto(`/clients/${client.id}`);
      await page.getByText("Клиенты в Омске").first().waitFor();
      await settled(page);
      await picture(page, "client with a finding");
    },
  );
  await claim("nothing broke on the way", async () => same(faults.join("; "), "", "the console"));
  await close();
  await server.stop();
}
