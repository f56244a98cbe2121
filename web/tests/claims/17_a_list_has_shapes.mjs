// A list is seen as a board, a tree, or a calendar: what is carried elsewhere by mouse, finger or keys has another
// value, another place, another day, and comes back where that is refused.
import { claim, holds, same } from "../claims.mjs";
import { openWindow, picture, settled, soundFor } from "../browser.mjs";
import { Caller, OWNER, startServer } from "../server.mjs";

const dayAfter = (days) => new Date(Date.now() + days * 864e5).toISOString().slice(0, 10);

async function firm(program) {
  const server = await startServer(program);
  const setUp = { token: server.token, firm: server.firm, user: OWNER, example: false };
  await new Caller(server.base).post("/api/setup", setUp);
  const owner = await server.caller();
  const ids = {};
  for (let at = 1; at <= 27; at++) {
    const name = `Клиент ${String(at).padStart(2, "0")}`;
    const client = { name, city: "Омск", kind: "organisation", state: at === 1 ? "existing" : "potential" };
    ids[name] = (await owner.post("/api/client", client)).id;
  }
  const group = async (name, above) => {
    ids[name] = (await owner.post("/api/product_group", { name, parent_id: above ? ids[above] : null })).id;
  };
  await group("Чай");
  await group("Зелёный", "Чай");
  await group("Сенча", "Зелёный");
  await group("Кофе");
  const { user } = await owner.get("/api/session");
  const leave = { user_id: user.id, from_day: dayAfter(0), until_day: dayAfter(1), why: "leave" };
  ids.absence = (await owner.post("/api/absence", leave)).id;
  return { server, owner, ids };
}

const shapeOf = (page, name) =>
  page.getByRole("radiogroup", { name: "Вид списка" }).locator("label", { hasText: name });
const column = (page, name) => page.getByRole("region", { name, exact: true });
const card = (page, name) => page.getByRole("link", { name: new RegExp(`^${name}`) });
const middle = async (place) => {
  const { x, y, width, height } = await place.boundingBox();
  return [x + width / 2, y + Math.min(height / 2, 120)];
};

async function drag(page, from, to) {
  await from.scrollIntoViewIfNeeded();
  const [[x, y], [toX, toY]] = [await middle(from), await middle(to)];
  await page.mouse.move(x, y);
  await page.mouse.down();
  await page.mouse.move(x + 12, y + 4);
  await page.mouse.move((x + toX) / 2, (y + toY) / 2, { steps: 4 });
  await page.mouse.move(toX, toY, { steps: 6 });
  await page.mouse.up();
  await page.evaluate(() => new Promise((done) => setTimeout(done, 100))); // a click that ends it is nobody's
}

/* A finger that rests first, as the browser's own protocol tells it. */
async function carry(page, from, to) {
  const touch = await page.context().newCDPSession(page);
  const [[x, y], [toX, toY]] = [await middle(from), await middle(to)];
  const send = (type, px, py) =>
    touch.send("Input.dispatchTouchEvent", { type, touchPoints: type === "touchEnd" ? [] : [{ x: px, y: py }] });
  await send("touchStart", x, y);
  await page.locator("[data-carrying]").waitFor();
  for (let step = 1; step <= 6; step++) await send("touchMove", x + ((toX - x) * step) / 6, y + ((toY - y) * step) / 6);
  await page.locator("[data-over]").waitFor();
  await send("touchEnd");
}

async function board({ page, owner, ids }) {
  const state = async (name) => (await owner.get(`/api/client/${ids[name]}`)).state;
  const kind = async (name) => (await owner.get(`/api/client/${ids[name]}`)).kind;
  await claim(
    "a list is seen as a board of states, with counts, twenty cards a column and more on demand",
    async () => {
      await page.goto("/clients");
      await shapeOf(page, "Доска").click();
      await column(page, "потенциальный").getByRole("link").nth(19).waitFor();
      holds(/shape=board/.test(page.url()), page.url());
      same(await column(page, "потенциальный").getByRole("link").count(), 20, "cards");
      await column(page, "потенциальный").getByText("26", { exact: true }).waitFor();
      await settled(page);
      await soundFor(page, "a board");
      await picture(page, "board");
      await column(page, "потенциальный").getByRole("button", { name: "Ещё 6 из 6" }).click();
      await column(page, "потенциальный").getByRole("link").nth(25).waitFor();
    },
  );
  await claim(
    "a card that the mouse carries into another column has its value, what that needs is asked, and it is taken back",
    async () => {
      await drag(page, card(page, "Клиент 02"), column(page, "существующий"));
      const why = page.getByRole("dialog", { name: "Клиент 02" });
      await why.getByText("Укажите причину смены состояния").waitFor();
      await picture(page, "board-asks");
      await why.getByRole("button", { name: "Отмена" }).click();
      await column(page, "потенциальный")
        .getByRole("link", { name: /^Клиент 02/ })
        .waitFor();
      await drag(page, card(page, "Клиент 02"), column(page, "существующий"));
      await why.getByRole("textbox").fill("Первая отгрузка");
      await why.getByRole("button", { name: "Сохранить" }).click();
      await column(page, "существующий")
        .getByRole("link", { name: /^Клиент 02/ })
        .waitFor();
      await page.getByText("«Клиент 02»: существующий").first().waitFor();
      same(await state("Клиент 02"), "existing", "the state");
      await column(page, "существующий").getByText("2", { exact: true }).waitFor();
      await page.getByRole("button", { name: "Отменить" }).first().click();
      await why.getByRole("textbox").fill("Ошибка");
      await why.getByRole("button", { name: "Сохранить" }).click();
      await column(page, "потенциальный")
        .getByRole("link", { name: /^Клиент 02/ })
        .waitFor();
      same(await state("Клиент 02"), "potential", "the state");
      holds(/clients\?/.test(page.url()), "and no card was opened by it");
    },
  );
  await claim("keys do the same: space lifts, an arrow goes, Escape puts back, space drops", async () => {
    await page.goto("/clients?shape=board&by=kind");
    await settled(page);
    const mine = card(page, "Клиент 03");
    await mine.focus();
    await page.keyboard.press("Space");
    await page.keyboard.press("ArrowRight");
    await page.waitForTimeout(100);
    await page.keyboard.press("Escape");
    await page.waitForTimeout(100);
    same(await kind("Клиент 03"), "organisation", "the kind");
    await mine.focus();
    await page.keyboard.press("Space");
    await page.waitForTimeout(100);
    await page.keyboard.press("ArrowRight");
    await page.waitForTimeout(100);
    await page.keyboard.press("Space");
    await page.getByText("«Клиент 03»: предприниматель").first().waitFor();
    same(await kind("Клиент 03"), "entrepreneur", "the kind");
  });
  await claim("what is refused is said in words, and the card goes back", async () => {
    await page.route(/api\/client\/\d+$/, (route) =>
      route.request().method() === "PATCH"
        ? route.fulfill({
            status: 422,
            contentType: "application/problem+json",
            body: JSON.stringify({ title: "no", problems: [{ field: "state", text: "Сначала закройте долг" }] }),
          })
        : route.continue(),
    );
    await page.goto("/clients?shape=board");
    await card(page, "Клиент 04").waitFor();
    await drag(page, card(page, "Клиент 04"), column(page, "существующий"));
    await page.getByText("Сначала закройте долг").first().waitFor();
    await column(page, "потенциальный")
      .getByRole("link", { name: /^Клиент 04/ })
      .waitFor();
    same(await state("Клиент 04"), "potential", "the state");
    await page.unroute(/api\/client\/\d+$/);
  });
  await claim("a board is kept under a name with what it is parted by", async () => {
    await page.getByRole("textbox", { name: "Чем делится доска" }).click();
    await page.getByRole("option", { name: "Вид", exact: true }).click();
    await column(page, "организация").getByRole("link").first().waitFor();
    await page.getByRole("button", { name: "Сохранить список…" }).click();
    await page.getByRole("dialog").getByLabel("Название").fill("По видам");
    await page.getByRole("dialog").getByRole("button", { name: "Сохранить" }).click();
    await page.getByText("Список «По видам» сохранён").first().waitFor();
    const { items } = await owner.get("/api/view/offered?entity=client");
    const kept = items.find(({ name }) => name === "По видам");
    same(`${kept.shape} ${kept.shape_by}`, "board kind", "what is kept");
    await page.goto(`/clients?view=${kept.id}`);
    await column(page, "организация").getByRole("link").first().waitFor();
  });
}

async function tree({ page, owner, ids }) {
  const row = (name) => page.getByRole("treeitem", { name, exact: true });
  const above = async (name) => (await owner.get(`/api/product_group/${ids[name]}`)).parent_id;
  await claim("what stands above one another is seen as a tree that folds", async () => {
    await page.goto("/settings/product_group");
    await shapeOf(page, "Дерево").click();
    await row("Сенча").waitFor();
    await settled(page);
    await soundFor(page, "a tree");
    await picture(page, "tree");
    await page.getByRole("button", { name: "Свернуть «Чай»" }).click();
    await row("Сенча").waitFor({ state: "detached" });
    await row("Чай").focus();
    await page.keyboard.press("ArrowRight");
    await row("Сенча").waitFor();
  });
  await claim("by mouse one is put below another", async () => {
    await drag(page, row("Кофе").getByRole("link"), row("Чай"));
    await page.getByText("«Кофе» теперь внутри «Чай»").first().waitFor();
    same(await above("Кофе"), ids["Чай"], "what stands above");
  });
  await claim("a circle is refused in words, by keys too", async () => {
    await row("Чай").focus();
    await page.keyboard.press("Space");
    await page.waitForTimeout(150);
    for (let at = 0; at < 8 && !(await row("Сенча").getAttribute("data-over")); at++) {
      await page.keyboard.press("ArrowDown");
      await page.waitForTimeout(120);
    }
    await page.keyboard.press("Space");
    await page.locator("[data-kind=bad]").first().waitFor();
    same(await above("Чай"), null, "what stands above");
  });
  await claim("what is looked for stands with what is above it", async () => {
    await page.getByRole("textbox", { name: /Поиск/ }).or(page.getByRole("searchbox")).first().fill("Сенча");
    await row("Кофе").waitFor({ state: "detached" });
    await row("Зелёный").waitFor();
    await row("Сенча").waitFor();
  });
}

async function calendar({ page, owner, ids }) {
  const entry = () => page.locator(".fc-event:not(.fc-bg-event)").first();
  const stands = async () => (await owner.get(`/api/absence/${ids.absence}`)).from_day;
  await claim("a list of what has its days is seen as a calendar, and the address says so", async () => {
    await page.goto("/settings/absences");
    await shapeOf(page, "Календарь").click();
    await entry().waitFor();
    holds(/shape=calendar/.test(page.url()), page.url());
    await settled(page);
    await soundFor(page, "a month");
    await picture(page, "calendar-month");
  });
  await claim("by keys it is moved a day on, and taken back", async () => {
    await entry().focus();
    await page.keyboard.press("Shift+ArrowRight");
    await page.getByText("Сохранено").first().waitFor();
    same(await stands(), dayAfter(1), "the first day");
    await page.getByRole("button", { name: "Отменить" }).first().click();
    await page.getByText("Изменение отменено").first().waitFor();
    same(await stands(), dayAfter(0), "the first day");
  });
  await claim("by mouse it is moved, and what is refused goes back in words", async () => {
    const day = (text) => page.locator(`.fc-daygrid-day[data-date="${text}"]`);
    await page.getByRole("button", { name: "Сегодня" }).click();
    await settled(page);
    const before = await stands();
    const target = day(before) // of the week before, or of the next in the first row
      .locator("xpath=(../preceding-sibling::tr[1] | ../following-sibling::tr[1])[1]/td[3]");
    const to = await target.getAttribute("data-date");
    await drag(page, entry(), target);
    await page.getByText("Сохранено").first().waitFor();
    same(await stands(), to, "the first day");
  });
  await claim("a week, a day and the days one after the other are seen as well", async () => {
    for (const [name, mark] of [
      ["Неделя", ".fc-timegrid"],
      ["День", ".fc-timegrid"],
      ["Подряд", ".fc-list"],
    ]) {
      await page.getByRole("radiogroup", { name: "Сколько показывать" }).locator("label", { hasText: name }).click();
      await page.locator(mark).first().waitFor();
      await settled(page);
      await soundFor(page, name);
      await picture(page, `calendar-${mark.slice(4)}-${name}`);
    }
  });
}

async function hours({ page, owner }) {
  const { items } = await owner.get(`/api/activity_kind?search=${encodeURIComponent("Задача")}`);
  const { user } = await owner.get("/api/session");
  const day = dayAfter(1);
  const due = `${day}T05:00:00.000Z`;
  const task = { kind_id: items[0].id, subject: "Сверить реквизиты", performer_id: user.id, due_at: due, minutes: 60 };
  const { id } = await owner.post("/api/activity", task);
  const stands = async () => owner.get(`/api/activity/${id}`);
  await claim("what has its hour stands at it on the reader's wall, and keys carry it half an hour on", async () => {
    await page.goto(`/r/activity?shape=calendar&by=due_at&span=week&at=${day}`);
    const entry = page.locator("a.fc-event", { hasText: "Сверить" });
    await entry.getByText("10:00").waitFor();
    await settled(page);
    await picture(page, "calendar-hours");
    await entry.focus();
    await page.keyboard.press("Shift+ArrowDown");
    await page.getByText("Сохранено").first().waitFor();
    same((await stands()).due_at, `${day}T05:30:00.000Z`, "the hour");
    same((await stands()).minutes, 60, "the minutes");
  });
  await claim("a moment is typed as a day and an hour", async () => {
    await page.goto(`/r/activity/${id}`);
    await page.getByRole("button", { name: /^Срок/ }).click();
    await page.getByRole("textbox", { name: "Время" }).fill("14:30");
    await picture(page, "moment");
    await page.getByRole("textbox", { name: "Время" }).press("Enter");
    await page.getByText("Сохранено").first().waitFor();
    same((await stands()).due_at, `${day}T09:30:00.000Z`, "the hour");
  });
}

async function onAPhone({ browser, server, owner, ids }) {
  const narrow = { width: 390, height: 780, touch: true, as: true };
  await claim("on a phone columns go by sideways, and a finger that rests on a card carries it", async () => {
    const { page, close } = await openWindow(browser, server, narrow);
    await page.goto("/clients?shape=board&by=kind");
    const from = card(page, "Клиент 05");
    await from.waitFor();
    await settled(page);
    await soundFor(page, "a board on a phone");
    await picture(page, "board-phone");
    const [, y] = await middle(from);
    const beside = { boundingBox: async () => ({ x: 360, y: y - 20, width: 20, height: 40 }) };
    await carry(page, from, beside);
    await page.getByText("«Клиент 05»: предприниматель").first().waitFor();
    same((await owner.get(`/api/client/${ids["Клиент 05"]}`)).kind, "entrepreneur", "the kind");
    await page.goto("/settings/absences?shape=calendar");
    await page.locator(".fc-list").waitFor();
    await settled(page);
    await soundFor(page, "an agenda on a phone");
    await picture(page, "calendar-phone");
    await page.goto("/settings/product_group?shape=tree");
    await page.getByRole("treeitem").first().waitFor();
    await picture(page, "tree-phone");
    await close();
  });
  await claim("in the dark and in English they are as readable", async () => {
    const { page, close } = await openWindow(browser, server, { dark: true, as: true });
    for (const [path, name] of [
      ["/clients?shape=board", "board"],
      ["/settings/absences?shape=calendar&span=month", "calendar"],
      ["/settings/absences?shape=calendar&span=week", "calendar-week"],
      ["/settings/product_group?shape=tree", "tree"],
    ]) {
      await page.goto(path);
      await settled(page);
      await soundFor(page, `${name} in the dark`);
      await picture(page, `${name}-dark`);
    }
    await close();
  });
}

export default async function story({ browser, program }) {
  const { server, owner, ids } = await firm(program);
  const { page, faults, close } = await openWindow(browser, server, { as: true });
  const all = { browser, server, page, owner, ids };
  await board(all);
  await tree(all);
  await calendar(all);
  await hours(all);
  await onAPhone(all);
  await claim("nothing broke on the way", async () => same(faults.join("; "), "", "faults"));
  await close();
  await server.stop();
}
