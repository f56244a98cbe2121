// A list is a place: coming back finds the same row and the same scroll under the same conditions, and the keys that
// walk it keep the row in sight, open it, and begin to change it.
import { claim, holds, same } from "../claims.mjs";
import { openWindow, picture, settled } from "../browser.mjs";
import { Caller, OWNER, startServer } from "../server.mjs";

const MANY = 160;
const lists = {
  "/clients": ["client", { kind: "organisation", state: "existing" }],
  "/products": ["product", { unit: "шт" }],
  "/people/units": ["unit", {}],
  "/settings/source": ["source", {}],
};

async function fullFirm(program) {
  const server = await startServer(program);
  const setUp = { token: server.token, firm: server.firm, user: OWNER, example: false };
  await new Caller(server.base).post("/api/setup", setUp);
  const owner = await server.caller();
  for (const [entity, more] of Object.values(lists))
    for (let at = 100; at < (entity === "client" ? 100 + MANY : 103); at++)
      await owner.post(`/api/${entity}`, { name: `Запись ${at}`, ...more });
  return server;
}

/* Where the row that has the focus stands, and the room the head and the totals leave it. */
const sight = (page) =>
  page.evaluate(() => {
    const row = document.activeElement.closest("[role=row][aria-rowindex], li[data-index]");
    if (!row) return null;
    const scroller = row.closest("ul, [role=grid]").parentElement;
    const [box, room] = [row.getBoundingClientRect(), scroller.getBoundingClientRect()];
    const [head, totals] = ["first", "last"].map((end) => scroller.querySelector(`[role=rowgroup]:${end}-child`));
    const top = head && !head.contains(row) ? head.getBoundingClientRect().bottom : room.top;
    const bottom = totals && !totals.contains(row) ? totals.getBoundingClientRect().top : room.bottom;
    return {
      marked: row.matches("[aria-selected], [data-chosen]"),
      text: row.textContent,
      above: Math.round(top - box.top),
      below: Math.round(box.bottom - bottom),
      top: Math.round(scroller.scrollTop),
    };
  });

async function inSight(page, what) {
  await page.waitForFunction(() =>
    document.activeElement
      .closest("[role=row][aria-rowindex], li[data-index]")
      ?.matches("[aria-selected=true], [data-chosen]"),
  );
  await settled(page);
  const seen = await sight(page);
  holds(seen?.marked && seen.above <= 1 && seen.below <= 1, `${what}: ${JSON.stringify(seen)}`);
  return seen;
}

export default async function story({ browser, program }) {
  const server = await fullFirm(program);
  const { page, faults, close } = await openWindow(browser, server, { as: true });
  await claim("j and k keep the row in sight, however far they walk", async () => {
    await page.goto("/clients");
    await page.getByText(`${MANY} клиентов`).waitFor();
    for (const [key, times] of [
      ["j", 45],
      ["k", 30],
      ["j", 60],
    ])
      for (let at = 0; at < times; at++) {
        await page.keyboard.press(key);
        if (at % 5 === 4) await inSight(page, `after ${at + 1} × ${key}`);
      }
    same((await inSight(page, "at last")).text.includes("Запись 174"), true, "the row after 75 steps");
    await picture(page, "list-walked");
  });
  await claim("back from a card finds the row and the scroll", async () => {
    const before = await sight(page);
    await page.keyboard.press("Enter");
    await page.waitForURL(/\/clients\/\d+$/);
    await settled(page);
    await page.goBack();
    const after = await inSight(page, "after back");
    same(JSON.stringify(after), JSON.stringify(before), "the place");
    await picture(page, "list-come-back");
  });
  await claim(
    "the way back on a card leads to the list under its conditions, to the row that was opened by mouse",
    async () => {
      await page.goto(`/clients?search=${encodeURIComponent("Запись")}&sort=-name`);
      await page.getByText(`${MANY} клиентов`).waitFor();
      await page.locator("[role=row][aria-rowindex='2']").hover();
      await page.mouse.wheel(0, 1500);
      await page.waitForTimeout(300);
      const link = page.getByRole("link", { name: "Запись 225" });
      await link.click();
      await page.getByRole("heading", { name: "Запись 225" }).waitFor();
      await page.locator("main").getByRole("link", { name: "Клиенты" }).click();
      await page.waitForURL(/search=.*sort=-name/);
      const after = await inSight(page, "after back");
      holds(after.text.includes("Запись 225") && after.top > 500, JSON.stringify(after));
    },
  );
  await claim("other conditions begin at the top, and taking them back finds the place again", async () => {
    const { top } = await sight(page);
    await page.getByRole("columnheader", { name: "Название" }).getByRole("button").click();
    await page.waitForFunction(() => document.querySelector("[role=grid]").parentElement.scrollTop === 0);
    await page.goBack();
    await page.waitForFunction(
      (was) => Math.abs(document.querySelector("[role=grid]").parentElement.scrollTop - was) < 2,
      top,
    );
  });
  for (const [path, [entity]] of Object.entries(lists))
    await claim(`e begins to change the row of ${path} at its first field, Enter only opens it`, async () => {
      await page.goto(path);
      await page.locator("[role=row][aria-rowindex='2']").waitFor();
      await page.keyboard.press("j");
      const { text } = await inSight(page, "the first row");
      await page.keyboard.press("e");
      await page.waitForFunction(() => document.activeElement.matches("main dl input"));
      const name = await page.evaluate(() => document.activeElement.value);
      holds(name && text.includes(name), `${name} of ${text}`);
      await page.keyboard.type("!");
      await page.keyboard.press("Enter");
      await page.getByRole("heading", { name: `${name}!` }).waitFor();
      await page.goBack();
      await inSight(page, "after back");
      await page.keyboard.press("Enter");
      await page.getByRole("heading", { name: `${name}!` }).waitFor();
      await settled(page);
      same(await page.locator("main dl input").count(), 0, `fields of the ${entity} in change`);
    });
  await claim("nothing broke on the way", async () => same(faults.join("; "), "", "the console"));
  await close();
  const phone = await openWindow(browser, server, { as: true, width: 390, height: 844, touch: true });
  await claim("on a phone back finds the card of the list and the scroll too", async () => {
    await phone.page.goto("/clients");
    await phone.page.locator("li[data-index='3']").waitFor();
    await phone.page.evaluate(
      () => (document.querySelector("li[data-index]").parentElement.parentElement.scrollTop = 2000),
    );
    await phone.page.waitForTimeout(300);
    const link = phone.page.locator("li[data-index='33'] a");
    await link.tap();
    await phone.page.waitForURL(/\/clients\/\d+$/);
    await settled(phone.page);
    await phone.page.goBack();
    const after = await inSight(phone.page, "after back");
    holds(after.text.includes("Запись 133") && Math.abs(after.top - 2000) < 2, JSON.stringify(after));
    await picture(phone.page, "list-come-back-phone");
    same(phone.faults.join("; "), "", "the console");
  });
  await phone.close();
  await server.stop();
}
