// The one-time address makes the owner; there is no default account.
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { claim, holds, same } from "../claims.mjs";
import { openWindow, picture, soundFor } from "../browser.mjs";
import { OWNER } from "../server.mjs";

const types = fileURLToPath(new URL("../../src/api/types.ts", import.meta.url));

export default async function story({ server, browser, program }) {
  await claim("the committed types are those the program prints", async () => {
    const [kept, printed] = [readFileSync(types, "utf8"), execFileSync(program, ["types"], { encoding: "utf8" })];
    const [mine, its] = [kept, printed].map((text) => text.split("\n"));
    const at = its.findIndex((line, at) => line !== mine[at]);
    same(mine[at], its[at], `line ${at + 1} of web/src/api/types.ts`);
    same(mine.length, its.length, "the number of its lines");
  });
  const { page, faults, close } = await openWindow(browser, server);
  await claim("the printed address opens the set-up, which shows no token and knows the zone by its city", async () => {
    await page.goto(`/#token=${server.token}`);
    await page.waitForSelector("form");
    const shown = await page.locator("input").evaluateAll((inputs) => inputs.map((input) => input.value));
    holds(!shown.includes(server.token), "the token is in sight");
    same(await page.getByLabel("Код настройки").count(), 0, "fields for the token");
    const zone = page.getByRole("textbox", { name: "Часовой пояс" });
    same(await zone.inputValue(), "Екатеринбург, +5", "the zone");
    await zone.fill("Moscow");
    await page.getByRole("option", { name: "Москва, +3" }).click();
    const becomes = async (name) =>
      page.waitForFunction(([input, value]) => input.value === value, [await zone.elementHandle(), name]);
    await becomes("Москва, +3");
    await page.getByRole("option").first().waitFor({ state: "hidden" }); // the list has closed, as for a person
    await zone.fill("екат");
    await page.getByRole("option", { name: "Екатеринбург, +5" }).click();
    await becomes("Екатеринбург, +5");
    await soundFor(page, "set-up");
    await picture(page, "set-up");
  });
  await claim("the token is gone from the address and from the history as soon as the page is there", async () => {
    same(await page.evaluate(() => location.href), `${server.base}/`, "the address");
    await page.goto(`/?token=${server.token}&a=1#token=${server.token}`);
    await page.waitForSelector("form");
    same(await page.evaluate(() => location.href), `${server.base}/?a=1`, "what stays of an address with more in it");
    same(await page.getByLabel("Код настройки").count(), 0, "fields for the token");
    await page.goto("/");
    await page.getByLabel("Код настройки").waitFor();
    await page.evaluate((token) => (location.hash = `token=${token}`), server.token); // pasted into the same window
    await page.getByLabel("Код настройки").waitFor({ state: "detached" });
    same(await page.evaluate(() => location.href), `${server.base}/`, "the address after that");
  });
  await claim("a password that is too short is refused beside its field", async () => {
    await page.getByLabel("Название фирмы").fill(server.firm.name);
    await page.getByLabel("Ваше имя").fill(OWNER.name);
    await page.getByLabel("Логин").fill(OWNER.login);
    await page.locator("input[autocomplete=new-password]").fill("коротко1");
    await page.getByText("Загрузить свои данные").click();
    await page.getByRole("button", { name: "Начать" }).click();
    await page.getByText(/Пароль короче/).waitFor(); // once: not above the form as well
    await page.waitForFunction(() => document.activeElement?.getAttribute("autocomplete") === "new-password", null, {
      timeout: 2000,
    });
  });
  await claim("the owner is made and lands where data are brought in", async () => {
    await page.locator("input[autocomplete=new-password]").fill(OWNER.password);
    await page.getByRole("button", { name: "Начать" }).click();
    await page.waitForURL("**/import/new");
    await page.getByText("Перетащите сюда файл").waitFor();
  });
  await claim("the same token does not work twice", async () => {
    const answer = await page.request.post("/api/setup", {
      headers: { "X-Sbyt": "1", "Sec-Fetch-Site": "same-origin" },
      data: {
        token: server.token,
        firm: server.firm,
        user: { name: "Чужой", login: "stranger", password: "another-password-1" },
        example: false,
      },
    });
    holds(answer.status() >= 400, `it answered ${answer.status()}`);
  });
  await claim("signing out shows the sign-in page, and a wrong password is told in words", async () => {
    await page.getByRole("button", { name: /личное меню/ }).click();
    await page.getByRole("menuitem", { name: "Выйти" }).click();
    await page.waitForSelector("input[name=login]");
    same(await page.getByText("Сеанс закончился").count(), 0, "words of a session that ended");
    await page.fill("input[name=login]", OWNER.login);
    await page.fill("input[name=password]", "не тот пароль");
    await page.press("input[name=password]", "Enter");
    await page.getByRole("alert").waitFor();
    same(
      await page.evaluate(
        () =>
          getSelection()?.toString().length ||
          document.activeElement?.selectionEnd - document.activeElement?.selectionStart,
      ),
      13,
      "letters of the wrong password that the next key replaces",
    );
    await page.getByText("Новый задаст администратор").waitFor();
    await soundFor(page, "sign-in");
    await picture(page, "sign-in");
  });
  await claim("the page speaks English when asked to", async () => {
    await page.getByRole("button", { name: "English" }).click();
    await page.getByRole("heading", { name: "Sign in" }).waitFor();
    await page.getByRole("button", { name: "Русский" }).click();
    await page.getByRole("heading", { name: "Вход" }).waitFor();
  });
  await claim("an example that fails is told, with a way on", async () => {
    await page.route("**/api/session", (route) =>
      route.fulfill({ status: 401, json: { title: "", status: 401, problems: [], setup: true } }),
    );
    await page.route("**/api/setup", (route) => route.fulfill({ status: 201, json: {} }));
    await page.route("**/api/example", (route) => route.fulfill({ json: { state: "failed", done: 10, total: 100 } }));
    await page.goto("/");
    for (const [label, text] of [
      ["Код настройки", "x"],
      ["Название фирмы", "x"],
      ["Ваше имя", "x"],
      ["Логин", "x"],
    ])
      await page.getByLabel(label).fill(text);
    await page.locator("input[autocomplete=new-password]").fill(OWNER.password);
    await page.getByRole("button", { name: "Начать" }).click();
    await page.getByRole("alert").getByText("Пример загрузить не удалось").waitFor();
    await page.getByRole("button", { name: "Продолжить" }).waitFor();
    await page.unrouteAll();
  });
  await claim("nothing broke on the way", async () => same(faults.join("; "), "", "the console"));
  await close();
}
