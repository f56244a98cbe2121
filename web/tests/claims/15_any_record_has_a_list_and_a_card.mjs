// What has no screens of its own has a list, a form and a card drawn from the description of its entity; and every card
// says what points at its record.
import { claim, same } from "../claims.mjs";
import { openWindow, picture, settled, soundFor } from "../browser.mjs";
import { Caller, OWNER, startServer } from "../server.mjs";

async function firm(program) {
  const server = await startServer(program);
  const setUp = { token: server.token, firm: server.firm, user: OWNER, example: false };
  await new Caller(server.base).post("/api/setup", setUp);
  const owner = await server.caller();
  const source = await owner.post("/api/source", { name: "Выставка" });
  await owner.post("/api/client", { name: "Альфа", kind: "organisation", state: "existing", source_id: source.id });
  await owner.post("/api/view", {
    name: "Омские",
    entity: "client",
    columns: "name city",
    sort: "-name",
    filter: { field: "city", op: "is", value: "Омск" },
  });
  return { server, source };
}

export default async function story({ browser, program }) {
  const { server, source } = await firm(program);
  const { page, faults, close } = await openWindow(browser, server, { as: true });
  await claim("a list that has no place of its own is found in the settings", async () => {
    await page.goto("/settings/others");
    await settled(page);
    await soundFor(page, "other records");
    await picture(page, "others");
    await page.getByRole("link", { name: "Сохранённые списки" }).click();
    await page
      .getByText(/^\d+ запис/)
      .first()
      .waitFor();
    await page.getByRole("link", { name: "Омские" }).waitFor();
    await page.getByText("Название, по убыванию").waitFor();
    await page
      .getByRole("gridcell", { name: "Клиенты" })
      .or(page.getByText("Клиенты", { exact: true }))
      .last()
      .waitFor();
    same(await page.getByText("client", { exact: true }).count(), 0, "words of the program");
    await settled(page);
    await soundFor(page, "a generic list");
    await picture(page, "generic-list");
  });
  await claim("its card is changed in place and knows the way back", async () => {
    await page.getByRole("link", { name: "Омские" }).click();
    await page.waitForURL(/\/r\/view\/\d+$/);
    await page.getByRole("heading", { name: "Омские" }).waitFor();
    await settled(page);
    await page.getByText("Город: «Омск»").first().waitFor();
    await page.getByText("Название, Город", { exact: true }).waitFor();
    await soundFor(page, "a generic card");
    await picture(page, "generic-card");
    await page.getByRole("button", { name: /^Название/ }).click();
    await page.getByRole("textbox", { name: "Название" }).fill("Сибирские");
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { name: "Сибирские" }).waitFor();
    await page.getByRole("link", { name: "Сохранённые списки" }).first().click();
    await page.waitForURL(/\/r\/view/);
  });
  await claim("a kept list is opened from its card, as it was kept", async () => {
    await page.getByRole("link", { name: "Сибирские" }).click();
    await page.getByRole("link", { name: "Открыть список" }).click();
    await page.waitForURL(/\/clients\?.*sort=-name/);
    await page
      .getByRole("button", { name: /Город: «Омск»/ })
      .first()
      .waitFor();
  });
  await claim("a form asks for what a record must have, and refuses beside the field", async () => {
    await page.goto("/r/person");
    await page.getByRole("button", { name: "Новая запись" }).first().click();
    const form = page.getByRole("dialog", { name: /^Новая запись: / });
    await form.getByRole("button", { name: "Сохранить" }).click();
    await form.getByText("Заполните поле").first().waitFor();
    await form
      .getByLabel(/^Фамилия|^Имя|^ФИО/)
      .first()
      .fill("Петрова Анна");
    await form.getByRole("button", { name: "Сохранить" }).click();
    await page.waitForURL(/\/r\/person\/\d+$/);
  });
  await claim("a card says what points at its record, and each number is a door", async () => {
    await page.goto(`/settings/source/${source.id}`);
    const related = page.getByRole("region", { name: "Связанные записи" });
    await related.getByText("Источник").waitFor();
    await settled(page);
    await soundFor(page, "a card with related records");
    await picture(page, "related");
    await related.getByRole("link", { name: "Клиенты" }).click();
    await page.waitForURL(/\/clients\?filter=/);
    await page.getByText("1 клиент").waitFor();
  });
  await claim("what has a place of its own is led there, and what there is not is told so", async () => {
    await page.goto("/r/client");
    await page.waitForURL(/\/clients$/);
    await page.goto("/r/weather");
    await page.getByText("Такой страницы нет").first().waitFor();
    await page.goto("/r/attachment");
    await page.getByText("Такой страницы нет").first().waitFor();
    await page.goto("/r/weather/5");
    await page.getByText("Такой страницы нет").first().waitFor();
  });
  await close();
  await claim("nothing broke meanwhile", async () => same(faults.join("\n"), "", "faults"));
  await server.stop();
}
