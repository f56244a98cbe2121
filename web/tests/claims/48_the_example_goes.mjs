// The example firm goes in one act: what goes, and what people made in it, is told first.
import { claim, holds, same } from "../claims.mjs";
import { openWindow, picture, soundFor } from "../browser.mjs";
import { startExample } from "../server.mjs";

export default async function story({ browser, program }) {
  const server = await startExample(program);
  const owner = await server.caller();
  const own = await owner.post("/api/client", { name: "ООО «Своё дело»", kind: "organisation" });
  const theirs = (await owner.get("/api/client?sort=name&limit=1")).items.find(({ id }) => id !== own.id);
  const sale = { day: "2026-03-04", kind: "sale", lines: [{ qty: "1", amount: "10.00" }] };
  await owner.post("/api/sale", { ...sale, number: "С-1", client_id: theirs.id });
  const { page, faults, close } = await openWindow(browser, server, { as: true });
  await claim("a figure of nothing is no door, and a total is seen whole where the list goes sideways", async () => {
    const columns = "name revenue last_bought city keeper_id days_late margin next_due rhythm abc rfm";
    const { id } = await owner.post("/api/view", { name: "Давно", entity: "client", sort: "-days_late", columns });
    await page.goto(`/clients?view=${id}`);
    const cells = page.getByRole("gridcell", { name: /^0,00/ });
    await cells.first().waitFor();
    same(await cells.getByRole("link").count(), 0, "doors from nothing");
    await picture(page, "wide-list");
    const cut = await page
      .getByRole("gridcell", { name: /^[\d\s]{9,},\d\d/ })
      .evaluateAll((all) => all.filter((each) => each.scrollWidth > each.clientWidth + 1).length);
    same(cut, 0, "totals wider than their column");
  });
  await claim("the question names what goes, what goes with it, and what stays; Esc leaves all as it is", async () => {
    await page.goto("/settings/firm");
    await page.getByRole("button", { name: "Убрать пример" }).click();
    const dialog = page.getByRole("dialog", { name: "Пример фирмы" });
    const text = (await dialog.innerText()).replace(/\s/gu, " ");
    for (const part of [/1 200 клиентов, [\d ]+ продаж/, /на клиентов примера: 1 продажа/, /Своё останется: 1 клиент/])
      holds(part.test(text), `${part} is not in: ${text}`);
    await soundFor(page, "the question");
    await picture(page, "example-goes");
    await page.keyboard.press("Escape");
    await dialog.waitFor({ state: "hidden" });
    same((await owner.get("/api/client/count")).count, 1201, "clients");
    same((await owner.get("/api/absence/count")).count, 2, "absences");
  });
  await claim("one act, and only what is one's own is there", async () => {
    await page.getByRole("button", { name: "Убрать пример" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Убрать пример" }).click();
    await page.getByText("Пример убран").waitFor({ timeout: 60_000 });
    same((await owner.get("/api/client/count")).count, 1, "clients");
    same((await owner.get("/api/sale/count")).count, 0, "sales");
    same((await owner.get("/api/absence/count")).count, 0, "absences");
    same((await owner.get("/api/user/count")).count, 1, "people");
    await page.getByRole("button", { name: "Убрать пример" }).waitFor({ state: "detached" });
    await page.getByRole("link", { name: "Клиенты" }).click();
    await page.getByRole("link", { name: "ООО «Своё дело»" }).waitFor();
  });
  await claim("nothing broke on the way", async () => same(faults.join("; "), "", "the console"));
  await close();
  await server.stop();
}
