// Where a first day leads nowhere: an empty base, a page that is not there, a place that is not open, a field that is
// taken away.
import { claim, holds, same } from "../claims.mjs";
import { openWindow, settled, soundFor } from "../browser.mjs";
import { Caller, OWNER, startServer } from "../server.mjs";

const SELLER = { login: "seller", password: "sbyt-ural-2027" };
const bare = [
  "findings",
  "working_base",
  "growth",
  "dynamics",
  "why",
  "abc",
  "xyz",
  "matrix",
  "rfm",
  "status",
  "falling",
  "concentration",
  "misleads",
];

async function emptyFirm(program) {
  const server = await startServer(program);
  await new Caller(server.base).post("/api/setup", {
    token: server.token,
    firm: server.firm,
    user: OWNER,
    example: false,
  });
  const owner = await server.caller();
  const role = await owner.post("/api/role", {
    name: "Только клиенты",
    rights: [{ entity: "client", verb: "view", scope: "own" }],
  });
  const seller = await owner.post("/api/user", {
    name: "Пётр Продавцов",
    login: SELLER.login,
    role_id: role.id,
    language: "ru",
  });
  await owner.post(`/api/user/${seller.id}/password`, { password: SELLER.password });
  return server;
}

export default async function story({ browser, program }) {
  const server = await emptyFirm(program);
  const { page, faults, close } = await openWindow(browser, server, { as: true });
  await claim("on an empty base every list and every analysis leads to the import", async () => {
    for (const path of ["/clients", "/sales", "/products", ...bare.map((name) => `/analysis/${name}`)]) {
      await page.goto(path);
      await page.locator("main").getByRole("link", { name: "Загрузить файл" }).waitFor();
    }
    same(await page.locator("canvas").count(), 0, "charts of nothing");
  });
  await claim("a list that is filled by hand says so", async () => {
    for (const path of ["/people/units", "/settings/source"]) {
      await page.goto(path);
      await page.getByText("Добавьте первую запись.").waitFor();
    }
  });
  await claim("a record that is not there says why that may be, and asks for nothing to be tried again", async () => {
    await page.goto("/clients/999");
    await page.getByText("Возможно, её удалили или у вас нет к ней доступа").waitFor();
    same(await page.getByRole("button", { name: "Повторить" }).count(), 0, "buttons to try again");
    await page.goto("/nowhere");
    await page.getByRole("heading", { name: "Такой страницы нет" }).waitFor();
    holds((await page.title()).startsWith("Такой страницы нет"), "the title of the window");
    for (const odd of ["/analysis/rfm/..%2F..?cell=..%2F..", "/clients/none.such.place", "/clients/%E0%A4%A"]) {
      await page.goto(odd); // as a bookmark does: the server is asked
      await page.locator("main").getByRole("heading").first().waitFor();
    }
  });
  await claim("a field of the firm's own is taken away only after a question, which Esc answers with no", async () => {
    await page.goto("/settings/fields");
    const opener = page.getByRole("button", { name: "Новое поле" });
    await opener.click();
    await page.getByRole("textbox", { name: "Название по-русски" }).fill("Отрасль");
    await page.getByRole("dialog").getByRole("button", { name: "Сохранить" }).click();
    await page.getByText("Отрасль").waitFor();
    const drop = page.getByRole("button", { name: "В архив" });
    await drop.click();
    await page.getByRole("dialog").getByText("вернуть его нельзя").waitFor();
    await soundFor(page, "the question before a field goes");
    await page.keyboard.press("Escape");
    await page.getByRole("dialog").waitFor({ state: "hidden" });
    await page.waitForFunction((button) => button === document.activeElement, await drop.elementHandle());
    await drop.click();
    await page.getByRole("dialog").getByRole("button", { name: "В архив" }).click();
    await page.getByText("Своих полей пока нет").waitFor();
  });
  await claim("on a phone the chosen part of the settings is in sight", async () => {
    await page.setViewportSize({ width: 390, height: 844 });
    await page.goto("/settings/fields");
    await settled(page);
    const box = await page.locator("nav [aria-current=page]", { hasText: "Свои поля" }).boundingBox();
    holds(box.x >= 0 && box.x + box.width <= 390, `it stands from ${box.x} to ${box.x + box.width}`);
  });
  await claim("nothing broke on the way", async () => same(faults.join("; "), "", "the console"));
  await close();
  const seller = await openWindow(browser, server, { as: SELLER });
  await claim("who may not do a thing is told before the work, not after it", async () => {
    for (const path of ["/import/new", "/settings/firm", "/analysis/abc", "/sales"]) {
      await seller.page.goto(path);
      await seller.page.getByText("У вас нет доступа к этому разделу").waitFor();
    }
    await seller.page.goto("/clients");
    await seller.page.getByText("Здесь появятся записи, к которым у вас есть доступ").waitFor();
    same(seller.faults.join("; "), "", "the console");
  });
  await seller.close();
  await claim(
    "English: a number of megabytes has a point, a firm's own field asks for its English name, the period fits a phone",
    async () => {
      const owner = await server.caller();
      const { user } = await owner.get("/api/session");
      await owner.patch(`/api/user/${user.id}`, { language: "en" });
      const english = await openWindow(browser, server, { as: true, language: "en-GB" });
      await english.page.route("**/api/import/file", () => undefined);
      await english.page.goto("/import/new");
      await english.page.setInputFiles("input[type=file]", {
        name: "sales.csv",
        mimeType: "text/csv",
        buffer: Buffer.alloc(2_500_000, "a"),
      });
      await english.page.getByText(/2\.5 MB|Reading/).waitFor();
      await english.page.goto("/settings/fields");
      await english.page.getByRole("button", { name: "New field" }).click();
      const first = english.page.locator("input:focus");
      await first.waitFor();
      holds(
        await english.page
          .getByRole("textbox", { name: /English/ })
          .evaluate((input) => input.required && input === document.activeElement),
        "the English name is neither asked for nor first",
      );
      await english.page.keyboard.press("Escape");
      await english.page.setViewportSize({ width: 390, height: 844 });
      await english.page.goto("/analysis/abc");
      await english.page.getByRole("button", { name: /^Conditions/ }).click();
      const period = english.page.getByRole("button", { name: /12 months/ });
      await period.waitFor();
      const { x, width } = await period.boundingBox();
      holds(x + width <= 390 - x + 1, `the period ends at ${x + width}`);
      await english.close();
    },
  );
  await server.stop();
}
