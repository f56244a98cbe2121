// By mouse and by finger: what is picked is there, what is typed stays, whoever else changes the record meanwhile; an
// address may hold anything.
import { claim, holds, same } from "../claims.mjs";
import { openWindow, settled } from "../browser.mjs";
import { OWNER } from "../server.mjs";

const sizes = { mouse: {}, finger: { width: 390, height: 844, touch: true } };

export default async function story({ server, browser }) {
  const owner = await server.caller();
  const { id } = await owner.post("/api/client", { name: "АО «Рукопись»", kind: "organisation", state: "existing" });
  await pickers(server, browser);
  const { page, faults, close } = await openWindow(browser, server, { as: true });
  const city = async (text) => {
    await page.getByRole("button", { name: /^Город: / }).click();
    await page.getByRole("textbox", { name: "Город" }).fill(text);
  };
  await claim("a colleague's change that arrives under the typing hand is a clash, and not overwritten", async () => {
    await page.goto(`/clients/${id}`);
    await city("Курган");
    await owner.patch(`/api/client/${id}`, { city: "Сургут", note: "видно сразу" });
    await page.getByRole("button", { name: /видно сразу/ }).waitFor(); // the news has come
    same(await page.getByRole("textbox", { name: "Город" }).inputValue(), "Курган", "what is typed");
    await page.keyboard.press("Enter");
    const dialog = page.getByRole("dialog", { name: "Изменили одновременно" });
    await dialog.getByText("Сургут").waitFor();
    await dialog.getByRole("button", { name: "Записать моё" }).click();
    await dialog.waitFor({ state: "hidden" });
    same((await owner.get(`/api/client/${id}`)).city, "Курган", "the city");
  });
  await claim("another field that changed meanwhile is no clash, and stays as it was changed", async () => {
    await city("Томск");
    await owner.patch(`/api/client/${id}`, { note: "с утра" });
    await page.getByRole("button", { name: /с утра/ }).waitFor();
    const saved = page.waitForResponse((response) => response.request().method() === "PATCH" && response.ok());
    await page.keyboard.press("Enter");
    await saved;
    const client = await owner.get(`/api/client/${id}`);
    same(`${client.city}, ${client.note}`, "Томск, с утра", "the client");
  });
  await claim("a lost session says so, and what was typed is there after signing in again", async () => {
    await city("Тобольск");
    const name = await page
      .context()
      .cookies()
      .then((all) => all.find(({ name }) => name === "sbyt"));
    await page.context().clearCookies();
    await page.keyboard.press("Enter");
    await page.getByText("Сеанс закончился").waitFor();
    await page.fill("input[name=login]", OWNER.login);
    await page.fill("input[name=password]", OWNER.password);
    await page.press("input[name=password]", "Enter");
    await page.getByRole("textbox", { name: "Город" }).waitFor();
    same(await page.getByRole("textbox", { name: "Город" }).inputValue(), "Тобольск", "what was typed");
    holds(Boolean(name), "there was no cookie to lose");
    await page.getByRole("textbox", { name: "Город" }).press("Enter");
    await page.getByRole("button", { name: /^Город: Тобольск/ }).waitFor();
    same((await owner.get(`/api/client/${id}`)).city, "Тобольск", "the city");
  });
  await claim("a form that is closed by the cross opens again as it was, cancelled it is empty", async () => {
    await page.goto("/clients");
    const name = page.getByRole("dialog").getByLabel("Название");
    const open = () => page.getByRole("button", { name: "Новый клиент" }).click();
    await open();
    await page.waitForFunction(() => document.activeElement?.matches("[role=dialog] input"));
    await name.fill("ООО «Недописано»");
    await page.keyboard.press("Escape");
    await open();
    same(await name.inputValue(), "ООО «Недописано»", "the name");
    await page.getByRole("button", { name: "Отмена" }).click();
    await open();
    same(await name.inputValue(), "", "the name");
    await page.keyboard.press("Escape");
  });
  await claim("a dialog puts the focus on what is to be filled in, not on the cross", async () => {
    await page.goto(`/clients/${id}`);
    await page.getByRole("button", { name: "В архив" }).click();
    await page.waitForFunction(() => document.activeElement?.matches("[role=dialog] textarea"));
    await page.keyboard.press("Escape");
  });
  await claim("money is what its words say, and never a part of them", async () => {
    const product = await owner.post("/api/product", { name: "Станок" });
    await page.goto(`/products/${product.id}`);
    const price = page.getByRole("textbox", { name: "Цена" });
    const put = async (text) => {
      await page.getByRole("button", { name: /^Цена: / }).click();
      await price.fill(text);
      await page.keyboard.press("Enter");
    };
    for (const [text, value] of [
      ["1,5 млн", "1500000"],
      ["2 тыс", "2000"],
      ["10 к", "10000"],
      ["1 234,5 ₽", "1234.5"],
    ]) {
      await put(text);
      await price.waitFor({ state: "hidden" });
      same(Number((await owner.get(`/api/product/${product.id}`)).price), Number(value), text);
    }
    await put("1,5 мешка");
    await page.locator(".mantine-InputWrapper-error").first().waitFor();
    same(Number((await owner.get(`/api/product/${product.id}`)).price), 1234.5, "the price after what is no number");
    await price.press("Escape");
  });
  await claim("nonsense in an address is told, and breaks no screen", async () => {
    for (const address of [
      "/analysis/abc?from=2026-13-45&to=x",
      "/analysis/why?from=&to=",
      "/analysis/status?at=никогда",
      "/analysis/xyz?cell=%7B",
      "/analysis/dynamics?from=9999-99-99",
      "/clients?filter=5",
      "/clients?filter=%7B%22all%22%3A5%7D",
      "/clients?filter=%7B%22field%22%3A%22x%22%2C%22op%22%3A%22y%22%7D",
      "/clients?sort=nothing",
      "/clients/0",
      "/clients/99999999999999999999",
      "/import/17",
      "/people/roles/5",
    ]) {
      await page.goto(address);
      await page.waitForSelector("main").catch(() => holds(false, `no screen at ${address}`));
      await settled(page).catch(() => holds(false, `${address} never settles`));
      same(await page.locator("[data-broken]").count(), 0, `broken screens at ${address}`);
      holds((await page.locator("main").innerText()).trim().length > 5, `nothing is told at ${address}`);
    }
    same(faults.splice(0).join("; "), "", "the console");
  });
  await close();
}

/* A condition is filled in by pressing alone; the box stays open under each choice, and nothing behind it is
 * pressed. */
async function pickers(server, browser) {
  for (const [how, size] of Object.entries(sizes)) {
    const { page, faults, close } = await openWindow(browser, server, { as: true, ...size });
    const press = (locator) => (size.touch ? locator.tap() : locator.click());
    const condition = async (screen, field, fill, told) => {
      await page.goto(screen);
      await press(page.getByRole("button", { name: "Условие" }));
      const box = page.getByRole("dialog");
      await press(box.getByPlaceholder("Что сравнить"));
      await press(page.getByRole("option", { name: field, exact: true }));
      await fill(box);
      holds(await box.isVisible(), "the box closed under the choice");
      await press(box.getByRole("button", { name: "Показать" }));
      await page.getByText(told).filter({ visible: true }).first().waitFor();
      same(new URL(page.url()).pathname, screen, "the screen");
    };
    await claim(`a choice of a condition is picked by ${how}`, () =>
      condition(
        "/clients",
        "Состояние",
        async (box) => {
          await press(box.getByRole("textbox", { name: "Состояние" }));
          await press(page.getByRole("option", { name: "существующий" }));
        },
        /Состояние.*существующий/,
      ),
    );
    await claim(`a record of a condition is picked by ${how}`, () =>
      condition(
        "/clients",
        "Ответственный менеджер",
        async (box) => {
          await press(box.getByRole("combobox", { name: "Ответственный менеджер" }));
          await press(page.getByRole("option", { name: OWNER.name }));
        },
        new RegExp(`Ответственный менеджер.*${OWNER.name}`),
      ),
    );
    await claim(`a day of a condition is picked in the calendar by ${how}`, () =>
      condition(
        "/sales",
        "День",
        async (box) => {
          await press(box.getByRole("textbox", { name: "День" }));
          await press(page.locator("[data-dates-dropdown] table button").nth(10));
        },
        /День/,
      ),
    );
    await claim(`Escape closes the innermost only, ${how}`, async () => {
      await page.goto("/clients");
      await press(page.getByRole("button", { name: "Условие" }));
      await press(page.getByRole("dialog").getByPlaceholder("Что сравнить"));
      await page.getByRole("option").first().waitFor();
      await page.keyboard.press("Escape");
      holds(await page.getByRole("dialog").isVisible(), "the box went with its list");
      await page.keyboard.press("Escape");
      await page.getByRole("dialog").waitFor({ state: "hidden" });
      await page.waitForFunction(() => document.activeElement?.textContent?.includes("Условие"));
      same(faults.splice(0).join("; "), "", "the console");
    });
    await close();
  }
}
