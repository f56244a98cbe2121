// A client: made, edited in place, taken back, a clash shown, archived with a reason, and its history told.
import { claim, holds, same } from "../claims.mjs";
import { openWindow, picture, soundFor } from "../browser.mjs";

export default async function story({ server, browser }) {
  const owner = await server.caller();
  const { page, faults, close } = await openWindow(browser, server, { as: true });
  let id = 0;
  await claim("a new client asks the least, and what is missing is said beside the field", async () => {
    await page.goto("/clients");
    await page.getByRole("button", { name: "Новый клиент" }).click();
    await page.getByRole("dialog").waitFor();
    await soundFor(page, "the form of a client");
    await picture(page, "client-form");
    await page.getByRole("button", { name: "Сохранить" }).click();
    await page.getByRole("dialog").locator("[aria-invalid=true], .mantine-InputWrapper-error").first().waitFor();
  });
  await claim("wrong digits of an ИНН are a warning, not a refusal", async () => {
    await page.getByRole("dialog").getByLabel("Название").fill("ООО «Меридиан»");
    await page.getByRole("dialog").getByLabel("ИНН").fill("6200098765");
    await page.getByText("Контрольные цифры не сходятся").waitFor();
    await page.getByRole("button", { name: "Сохранить" }).click();
    await page.getByRole("heading", { name: "ООО «Меридиан»" }).waitFor();
    id = Number(/\d+$/.exec(page.url())[0]);
  });
  await claim("whose number it is already is told while it is typed, with a door, and on the card too", async () => {
    const known = await owner.post("/api/client", { name: "ООО «Первый»", kind: "organisation", inn: "7707083893" });
    await page.goto("/clients");
    await page.getByRole("button", { name: "Новый клиент" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByLabel("ИНН").fill("770708389");
    await dialog.getByText("10 цифр").waitFor();
    same(await dialog.getByText("Такой ИНН уже есть").count(), 0, "notes on a part of the number");
    await dialog.getByLabel("ИНН").press("3");
    await dialog.getByText("Такой ИНН уже есть у клиента").waitFor();
    same(
      await dialog.getByRole("link", { name: "ООО «Первый»" }).getAttribute("href"),
      `/clients/${known.id}`,
      "its door",
    );
    await soundFor(page, "a number that is taken");
    await picture(page, "inn-taken");
    await dialog.getByRole("button", { name: "Отмена" }).click();
    await page.goto(`/clients/${id}`);
    await page.getByRole("button", { name: /^ИНН: / }).click();
    await page.getByRole("textbox", { name: "ИНН" }).fill("7707083893");
    await page.getByText("Такой ИНН уже есть у клиента").waitFor();
    await page.keyboard.press("Escape");
    await page.goto(`/clients/${known.id}`);
    await page.getByRole("button", { name: /^ИНН: / }).waitFor();
    await page.waitForTimeout(600);
    same(await page.getByText("Такой ИНН уже есть").count(), 0, "a client is told of itself");
    await page.goto(`/clients/${id}`);
  });
  await claim("a field is edited in place, saved at once, and taken back within ten seconds", async () => {
    await page.getByRole("button", { name: /^Город: / }).click();
    await page.getByRole("textbox", { name: "Город" }).fill("Тюмень");
    await page.keyboard.press("Enter");
    await page.getByText("Сохранено").waitFor();
    same((await owner.get(`/api/client/${id}`)).city, "Тюмень", "the city");
    await page.waitForFunction(
      () => document.activeElement?.getAttribute("aria-label")?.startsWith("Город: Тюмень"),
      null,
      { timeout: 2000 },
    );
    await page.getByRole("button", { name: "Отменить" }).click();
    await page.getByText("Изменение отменено").waitFor();
    same((await owner.get(`/api/client/${id}`)).city, null, "the city after undo");
  });
  await claim("a clash shows both values and asks", async () => {
    await page.getByRole("button", { name: /^Город: / }).click();
    await page.getByRole("textbox", { name: "Город" }).fill("Курган");
    await owner.patch(`/api/client/${id}`, { city: "Сургут" });
    await page.keyboard.press("Enter");
    const dialog = page.getByRole("dialog", { name: "Изменили одновременно" });
    await dialog.getByText("Сургут").waitFor();
    await dialog.getByText("Курган").waitFor();
    await soundFor(page, "a clash");
    await picture(page, "clash");
    await dialog.getByRole("button", { name: "Записать моё" }).click();
    await dialog.waitFor({ state: "hidden" });
    same((await owner.get(`/api/client/${id}`)).city, "Курган", "the city");
  });
  await claim("Esc leaves a clash as it is stored and gives the focus back to the field", async () => {
    await page.getByRole("button", { name: /^Город: / }).click();
    await page.getByRole("textbox", { name: "Город" }).fill("Омск");
    await owner.patch(`/api/client/${id}`, { city: "Тобольск" });
    await page.keyboard.press("Enter");
    const dialog = page.getByRole("dialog", { name: "Изменили одновременно" });
    await dialog.getByText("Тобольск").waitFor();
    await page.keyboard.press("Escape");
    await dialog.waitFor({ state: "hidden" });
    await page.waitForFunction(
      () => document.activeElement?.getAttribute("aria-label")?.startsWith("Город: Тобольск"),
      null,
      { timeout: 2000 },
    );
  });
  await claim("a phone and a person who decides are added on the card", async () => {
    await page.getByRole("button", { name: "Телефон", exact: true }).click();
    await page
      .getByRole("dialog")
      .getByLabel(/Номер|Телефон/)
      .first()
      .fill("8 (343) 200-00-77");
    await page.getByRole("dialog").getByRole("button", { name: "Сохранить" }).click();
    await page.getByRole("link", { name: "8 (343) 200-00-77" }).waitFor();
    await page.getByRole("button", { name: "Добавить человека" }).click();
    await page.getByRole("dialog").getByLabel("Имя").fill("Пётр Зайцев");
    await page.getByRole("dialog").getByRole("button", { name: "Сохранить" }).click();
    await page.getByRole("link", { name: "Пётр Зайцев" }).waitFor();
    const client = await owner.get(`/api/client/${id}`);
    same(client.phones.length, 1, "phones");
    same(client.persons[0].role, "decides", "the role");
  });
  await claim("the history tells who changed what from what to what", async () => {
    await page.reload();
    const history = page.getByRole("region", { name: "История" });
    await history.getByText("Курган").first().waitFor();
    await history.getByText("создано").waitFor();
    await soundFor(page, "a client's card");
    await picture(page, "client-card");
  });
  await claim("archiving asks for a reason, and the client leaves the list", async () => {
    await page.getByRole("button", { name: "В архив" }).click();
    await page.getByRole("dialog").getByLabel("Почему").fill("Закрылись");
    await page.getByRole("dialog").getByRole("button", { name: "В архив" }).click();
    await page.getByText("в архиве", { exact: true }).waitFor();
    same((await owner.get(`/api/client/${id}`)).state_reason, "Закрылись", "the reason");
    same((await owner.get("/api/client?search=" + encodeURIComponent("Меридиан"))).items.length, 0, "found");
    await page.getByRole("button", { name: "Вернуть из архива" }).click();
    await page.getByText("Запись возвращена").waitFor();
  });
  await claim("what a colleague changes appears without a reload", async () => {
    await owner.patch(`/api/client/${id}`, { note: "Просят звонить утром" });
    await page.getByRole("button", { name: /Просят звонить утром/ }).waitFor();
  });
  await claim("three tabs of a browser hold one event stream", async () => {
    const streams = [];
    const context = page.context();
    context.on("request", (request) => request.url().endsWith("/api/events") && streams.push(request));
    const tabs = [await context.newPage(), await context.newPage()];
    for (const tab of tabs) {
      await tab.goto("/clients");
      await tab.waitForSelector("[role=grid]");
      await tab.waitForTimeout(300);
    }
    holds(streams.length === 0, `${streams.length} more streams were opened`);
    for (const tab of tabs) await tab.close();
  });
  await claim("nothing broke on the way", async () => same(faults.join("; "), "", "the console"));
  await close();
}
