// A save that is asked about: what is odd is said, whoever means it says why, and the history keeps it. By mouse, by
// keys, on a phone, in both languages.
import { claim, holds, same } from "../claims.mjs";
import { openWindow, picture, soundFor } from "../browser.mjs";

const INN = "7736050003";

export default async function story({ server, browser }) {
  const owner = await server.caller();
  const first = await owner.post("/api/client", { name: "ООО «Газон»", kind: "organisation", inn: INN });
  const { page, faults, close } = await openWindow(browser, server, { as: true });
  const question = page.getByRole("dialog", { name: "Всё равно сохранить?" });
  const form = page.getByRole("dialog", { name: "Новый клиент" });
  const fill = async (name) => {
    await page.goto("/clients");
    await page.getByRole("button", { name: "Новый клиент" }).click();
    await form.getByLabel("Название").fill(name);
    await form.getByLabel("ИНН").fill(INN);
  };
  await claim("a new client of a number that another one has is asked about, with a door to that one", async () => {
    await fill("ООО «Газон на углу»");
    await form.getByRole("button", { name: "Сохранить" }).click();
    await question.getByText(`ИНН ${INN} уже есть у клиента ООО «Газон»`).waitFor();
    const door = question.getByRole("link", { name: "Открыть карточку" });
    same(await door.getAttribute("href"), `/clients/${first.id}`, "its door");
    same(await page.locator("button[data-loading]").count(), 0, "buttons that turn while it is asked");
    await soundFor(page, "a save that is asked about");
    await picture(page, "save-anyway");
  });
  await claim(
    "Escape goes back to the form as it was typed, with the sentence at its field, and nothing is saved",
    async () => {
      await page.keyboard.press("Escape");
      await question.waitFor({ state: "hidden" });
      holds(await form.isVisible(), "the form went with the question");
      same(await form.getByLabel("Название").inputValue(), "ООО «Газон на углу»", "the name");
      await form.getByText(`ИНН ${INN} уже есть у клиента`).waitFor();
      same((await owner.get("/api/client/count?search=Газон")).count, 1, "clients of the name");
    },
  );
  await claim("without a reason it is not saved, with one it is, by keys alone", async () => {
    await form.getByRole("button", { name: "Сохранить" }).press("Enter");
    await question.waitFor();
    const reason = question.getByLabel("Почему");
    await page.waitForFunction(() => document.activeElement?.tagName === "TEXTAREA", null, { timeout: 2000 });
    await question.getByRole("button", { name: "Всё равно сохранить" }).press("Enter");
    await question.getByText("Напишите, почему").waitFor();
    await reason.fill("Вторая точка");
    await page.keyboard.press("Tab");
    await page.keyboard.press("Tab");
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { name: "ООО «Газон на углу»" }).waitFor();
    await page.getByText("подтверждение").waitFor();
    await page.getByText("Вторая точка").waitFor();
  });
  await claim("a field on the card is asked about too, and stays as it was when one goes back", async () => {
    const other = await owner.post("/api/client", { name: "ООО «Луг»", kind: "organisation", inn: "500100732259" });
    await page.goto(`/clients/${other.id}`);
    await page.getByRole("button", { name: /^ИНН: / }).click();
    await page.getByRole("textbox", { name: "ИНН" }).fill(INN);
    await page.keyboard.press("Enter");
    await question.getByRole("button", { name: "Вернуться" }).click();
    await question.waitFor({ state: "hidden" });
    await page.getByText(`ИНН ${INN} уже есть у клиента`).waitFor();
    same((await owner.get(`/api/client/${other.id}`)).inn, "500100732259", "the number");
    same(await page.getByRole("dialog", { name: "Изменили одновременно" }).count(), 0, "told as a clash");
    await page.getByRole("textbox", { name: "ИНН" }).press("Enter");
    await question.getByLabel("Почему").fill("Один хозяин");
    await question.getByRole("button", { name: "Всё равно сохранить" }).click();
    await page.getByText("Сохранено").waitFor();
    same((await owner.get(`/api/client/${other.id}`)).inn, INN, "the number");
  });
  await claim("of whom one does not see nothing is said; of one's own one is asked on a phone in English", async () => {
    const roles = (await owner.get("/api/role?limit=200")).items;
    const role = roles.find((each) => each.name_key === "role.sales_manager").id;
    const seller = await owner.post("/api/user", { name: "Зоя", login: "zoya", role_id: role, language: "en" });
    await owner.post(`/api/user/${seller.id}/password`, { password: "plotina-7-vetrov" });
    const phone = await openWindow(browser, server, { width: 390, height: 844, touch: true, language: "en-US" });
    await phone.page.goto("/");
    await phone.page.getByLabel(/Логин|Login|User name/).fill("zoya");
    await phone.page.getByLabel(/Пароль|Password/).fill("plotina-7-vetrov");
    await phone.page.keyboard.press("Enter");
    await phone.page.getByLabel(/Пароль|Password/).waitFor({ state: "hidden" });
    await phone.page.goto("/clients");
    const make = async (name) => {
      await phone.page.getByRole("button", { name: "New client" }).first().click();
      await phone.page.getByRole("dialog").getByLabel("Name").first().fill(name);
      await phone.page.getByRole("dialog").getByLabel("Tax ID").fill(INN);
      await phone.page.getByRole("dialog").getByRole("button", { name: "Save" }).click();
    };
    await make("Lawn");
    await phone.page.getByRole("heading", { name: "Lawn" }).waitFor();
    same(await phone.page.getByText("Газон").count(), 0, "named");
    await phone.page.goto("/clients");
    await make("Lawn twice");
    const asks = phone.page.getByRole("dialog", { name: "Save anyway?" });
    await asks.getByText("already that of Lawn").waitFor();
    holds(await phone.page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), "it scrolls sideways");
    await soundFor(phone.page, "a save that is asked about, on a phone");
    await picture(phone.page, "save-anyway-phone");
    await asks.getByLabel("Why").fill("A branch");
    await asks.getByRole("button", { name: "Save anyway" }).click();
    await phone.page.getByRole("heading", { name: "Lawn twice" }).waitFor();
    same(phone.faults.join("; "), "", "the console");
    await phone.close();
  });
  await claim("nothing of it is wrong in the console", async () => same(faults.join("; "), "", "the console"));
  await close();
}
