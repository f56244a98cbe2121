// A share is shown and typed in percent and kept as a part of one; a place on the map is no share.
import { claim, holds, same } from "../claims.mjs";
import { openWindow, settled } from "../browser.mjs";

export default async function story({ server, browser }) {
  const owner = await server.caller();
  const field = await owner.post("/api/field", {
    entity: "client",
    type: "ratio",
    label_ru: "Скидка",
    label_en: "Discount",
  });
  const name = `x${field.id}`;
  const client = await owner.post("/api/client", {
    name: "ООО «Доля»",
    kind: "organisation",
    [name]: "0.3",
    addresses: [{ kind: "actual", text: "Москва, Тверская, 7", latitude: "55.751244", longitude: "37.618423" }],
  });
  const { page, faults, close } = await openWindow(browser, server, { as: true });
  const line = () => page.getByRole("button", { name: /Скидка/ }).first();
  await claim("three tenths are 30 %, not 0.3 %", async () => {
    await page.goto(`/clients/${client.id}`);
    await page.getByText(/^30\s%$/u).waitFor();
  });
  await claim("what is typed is percents too: 12,5 is an eighth", async () => {
    await line().click();
    const box = page.getByLabel("Скидка");
    same(await box.inputValue(), "30", "the text that is edited");
    await box.fill("12,5");
    await box.press("Enter");
    await page.getByText(/^12,5\s%$/u).waitFor();
    await settled(page);
    same((await owner.get(`/api/client/${client.id}`))[name], "0.125", "what is kept");
  });
  await claim("a filter of shares is said in percent and finds by them", async () => {
    const filter = encodeURIComponent(JSON.stringify({ field: name, op: "is", value: "0.125" }));
    await page.goto(`/clients?filter=${filter}`);
    await page.getByText("ООО «Доля»").first().waitFor();
    holds(/12,5\s%/u.test(await page.locator("main").innerText()), "the filter is not said in percent");
  });
  await claim("degrees are degrees", async () => {
    await page.goto(`/clients/${client.id}`);
    await page.getByRole("button", { name: /Тверская/ }).click();
    same(await page.getByRole("dialog").getByLabel("Широта").inputValue(), "55,751244", "the latitude");
  });
  await claim("nothing broke on the way", async () => same(faults.join("; "), "", "the console"));
  await close();
}
