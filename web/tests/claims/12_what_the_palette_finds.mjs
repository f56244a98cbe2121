// Ctrl K finds documents, colleagues, analyses, settings and the way out beside the records, under either layout of the
// keys; so do the searches of lists and of choices.
import { claim, same } from "../claims.mjs";
import { openWindow, picture, soundFor } from "../browser.mjs";

export default async function story({ server, browser }) {
  const owner = await server.caller();
  const client = await owner.post("/api/client", { name: "ООО «Электросила»", kind: "organisation" });
  const lines = [{ qty: "1", amount: "700.00" }];
  const sale = await owner.post("/api/sale", {
    day: "2026-03-04",
    number: "ЗАКАЗ-777",
    client_id: client.id,
    kind: "sale",
    lines,
  });
  const role = (await owner.get("/api/role?limit=1")).items[0];
  const user = await owner.post("/api/user", { name: "Вера Котова", login: "kotova", role_id: role.id });
  const { page, faults, close } = await openWindow(browser, server, { as: true });
  const box = () => page.getByRole("combobox", { name: /Найти клиента/ });
  const seek = async (text) => {
    await page.keyboard.press("Control+k");
    await box().fill(text);
  };
  for (const [typed, option, path] of [
    ["заказ-777", /ЗАКАЗ-777/, `/sales/${sale.id}`],
    ["котова", /Вера Котова/, `/people/users/${user.id}`],
    ["падают", /Падают/, "/analysis/falling"],
    ["свои поля", /Свои поля/, "/settings/fields"],
    ["\u0441\u043e\u0442\u0440\u0443\u0434", /Сотрудники/, "/people"],
    ["'ktrnhj", /Электросила/, `/clients/${client.id}`],
    ["gflf.n", /Падают/, "/analysis/falling"],
  ])
    await claim(`“${typed}” leads to ${path.replace(/\d+$/, "…")}`, async () => {
      await page.goto("/clients");
      await page.locator("[role=grid]").waitFor();
      await seek(typed);
      await page.getByRole("option", { name: option }).first().waitFor();
      await soundFor(page, "the palette");
      await page.getByRole("option", { name: option }).first().click();
      await page.waitForURL(`**${path}`);
    });
  await claim("a list is found in under the wrong layout, and its count and export speak of what is seen", async () => {
    await page.goto("/clients");
    await page.locator("[role=grid]").waitFor();
    await page.keyboard.press("/");
    await page.keyboard.type("'ktrnhjcbkf");
    await page.getByRole("link", { name: "ООО «Электросила»" }).waitFor();
    await page.getByText("1 клиент", { exact: true }).waitFor();
    await page.getByRole("button", { name: "Выгрузить" }).click();
    const path = await page.getByRole("menuitem", { name: "CSV", exact: true }).getAttribute("href");
    same((await (await page.request.get(path)).text()).includes("Электросила"), true, "the client is in the file");
  });
  await claim("what is not there under any layout is not there", async () => {
    await page.goto("/clients");
    await page.locator("[role=grid]").waitFor();
    await page.keyboard.press("/");
    await page.keyboard.type("qqqqqq");
    await page.getByText("Ничего не нашлось").waitFor();
  });
  await claim("the palette signs out", async () => {
    await seek("выйти");
    await page.getByRole("option", { name: "Выйти" }).waitFor();
    await picture(page, "palette-leave");
    await page.keyboard.press("Enter");
    await page.waitForSelector("input[name=login]");
  });
  await claim("nothing broke on the way", async () => same(faults.join("; "), "", "the console"));
  await close();
  const phone = await openWindow(browser, server, { as: true, width: 390, height: 844, touch: true });
  await claim("on a phone one can sign out", async () => {
    await phone.page.getByRole("button", { name: "Ещё" }).tap();
    await phone.page.getByRole("menuitem", { name: "Выйти" }).waitFor();
    await picture(phone.page, "phone-more");
    await phone.page.getByRole("menuitem", { name: "Выйти" }).tap();
    await phone.page.waitForSelector("input[name=login]");
  });
  await phone.close();
  await owner.post(`/api/sale/${sale.id}/archive`); // the next stories count what they bring
  await owner.post(`/api/client/${client.id}/archive`);
}
