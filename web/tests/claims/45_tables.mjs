// Tables of figures: any column puts them in order, the page scrolls and not the table, nothing stands beside nothing.
import { openWindow, picture, settled, soundFor } from "../browser.mjs";
import { claim, holds, same } from "../claims.mjs";
import { startExample } from "../server.mjs";

const analyses = ["growth", "dynamics", "why", "abc", "xyz", "rfm", "status", "falling", "concentration", "misleads"];

/* The cells of a column as numbers, those without a value left out. */
const figuresOf = (table, at) =>
  table.locator(`tbody tr td:nth-child(${at})`).evaluateAll((cells) =>
    cells
      .map((cell) => cell.textContent)
      .filter((text) => /\d/.test(text))
      .map((text) =>
        Number(
          text
            .replace(/[−-]/u, "-")
            .replace(/[^\d,-]/gu, "")
            .replace(",", "."),
        ),
      ),
  );

const rises = (list) => list.every((each, at) => at === 0 || list[at - 1] <= each);

/* In the page: each heading in sight is clicked three times, and its cell must say both ways and then none. */
async function unsorted() {
  const wrong = [];
  for (const table of document.querySelectorAll("main table")) {
    if (table.querySelectorAll("tbody tr").length < 2) continue;
    for (const head of [...table.querySelectorAll("thead th")].filter((th) => th.offsetWidth > 0)) {
      const ways = [];
      for (let click = 0; click < 3; click++) {
        head.querySelector("button")?.click();
        await new Promise(requestAnimationFrame);
        ways.push(head.getAttribute("aria-sort"));
      }
      if (ways.sort().join() !== "ascending,descending,") wrong.push(`${head.textContent}: ${ways}`);
    }
  }
  return wrong;
}

export default async function story({ browser, program }) {
  const server = await startExample(program);
  try {
    await orders(browser, server);
    await scrolls(browser, server);
    await rights(browser, server);
  } finally {
    await server.stop();
  }
}

async function orders(browser, server) {
  const owner = await server.caller();
  const { page, faults, close } = await openWindow(browser, server, { as: true });
  for (const name of analyses)
    await claim(`${name}: each column of each table puts its rows in order, both ways, and says so`, async () => {
      await page.goto(`/analysis/${name}`);
      await page.locator("main p").first().waitFor();
      await settled(page);
      for (const toggle of await page.getByTitle("Таблица", { exact: true }).all()) await toggle.click();
      same((await page.evaluate(unsorted)).join("; "), "", "headings that do not put the rows in order");
    });
  await claim("a list longer than a page is put in order whole, and by the keyboard", async () => {
    const { items } = (await owner.get("/api/analysis/concentration")).tables.total.rows[0];
    await page.goto("/analysis/concentration");
    const table = page.getByRole("region", { name: "Список" }).getByRole("table");
    const head = table.getByRole("columnheader", { name: /Сумма|Выручка/ }).first();
    const at = 1 + (await head.evaluate((th) => [...th.parentElement.children].indexOf(th)));
    await head.getByRole("button").focus();
    await page.keyboard.press("Enter");
    await page.keyboard.press("Enter");
    same(await head.getAttribute("aria-sort"), "ascending", "the order");
    const least = Math.min(...(await everybody(owner, items)));
    await page.waitForFunction(
      ([label, n]) =>
        Number(
          document
            .querySelector(`[aria-label="${label}"] tbody td:nth-child(${n[0]})`)
            ?.textContent.replace(/[−-]/u, "-")
            .replace(/[^\d,-]/gu, "")
            .replace(",", "."),
        ) <= n[1],
      ["Список", [at, least + 1]],
    );
    const figures = await figuresOf(table, at);
    holds(rises(figures), `they do not rise: ${figures.slice(0, 9)}`);
    await soundFor(page, "a table in order");
    await picture(page, "table-in-order");
  });
  await claim("a list too long to be held here is put in order by the server, and its pages go on in it", async () => {
    const asked = [];
    await page.route("**/api/analysis/concentration*", async (route) => {
      const { searchParams } = new URL(route.request().url());
      const answer = await (await route.fetch()).json();
      answer.tables.total.rows[0].items += 2000; // as if there were so many
      asked.push([searchParams.get("sort"), searchParams.get("skip")].join(" "));
      await route.fulfill({ json: answer });
    });
    await page.goto("/analysis/concentration");
    const table = page.getByRole("region", { name: "Список" }).getByRole("table");
    await table.getByRole("columnheader", { name: "Клиент" }).getByRole("button").click();
    const wanted = [];
    for (const skip of [0, 200])
      for (const row of (await owner.get(`/api/analysis/concentration?sort=client&skip=${skip}`)).tables.items.rows)
        wanted.push(row.client.name);
    await table.locator("tbody td:first-child", { hasText: wanted[0] }).first().waitFor();
    const more = page.getByRole("region", { name: "Список" }).getByRole("button", { name: "Показать ещё" });
    for (let click = 0; click < 3; click++) await more.click();
    await table.locator("tbody tr").nth(220).waitFor();
    const names = await table.locator("tbody td:first-child").allTextContents();
    same(names.join("|"), wanted.slice(0, names.length).join("|"), "the names");
    holds(asked.includes("client 0") && asked.includes("client 200"), `asked: ${asked.join("; ")}`);
    await page.unrouteAll();
  });
  await claim("figures are ordered as figures, days as days, names as a Russian expects", async () => {
    await page.goto("/analysis/status");
    const table = page.getByRole("region", { name: "Список" }).getByRole("table");
    await table.getByRole("columnheader", { name: "Клиент" }).getByRole("button").click();
    const names = await table.locator("tbody td:first-child").allTextContents();
    same(names.join("|"), [...names].sort(new Intl.Collator("ru", { numeric: true }).compare).join("|"), "the names");
  });
  await claim("a column in which nobody has a value takes no room", async () => {
    await page.route("**/api/analysis/falling*", async (route) => {
      const answer = await (await route.fetch()).json();
      for (const { rows } of Object.values(answer.tables)) for (const row of rows) if ("last" in row) row.last = null;
      await route.fulfill({ json: answer });
    });
    await page.goto("/analysis/falling");
    const table = page.locator("main table").first();
    await table.waitFor();
    for (const at of await table.locator("thead th").all()) {
      const place = 1 + (await at.evaluate((th) => [...th.parentElement.children].indexOf(th)));
      const texts = await table.locator(`tbody td:nth-child(${place})`).allTextContents();
      holds(
        texts.some((text) => text !== "—" && text !== ""),
        `${await at.textContent()} is a column of nothing`,
      );
    }
    same(await page.getByRole("columnheader", { name: /Последняя/ }).count(), 0, "columns of the last purchase");
    await page.unrouteAll();
  });
  await claim("nothing broke on the way", async () => same(faults.join("; "), "", "the console"));
  await close();
}

/* What each client brought, as the screen's own list has it. */
async function everybody(owner, items) {
  const all = [];
  while (all.length < items) {
    const { rows } = (await owner.get(`/api/analysis/concentration?skip=${all.length}`)).tables.items;
    all.push(...rows.map(({ amount }) => Number(amount)));
  }
  return all;
}

async function scrolls(browser, server) {
  for (const [kind, size] of Object.entries({ wide: {}, phone: { width: 390, height: 844, touch: true } })) {
    const { page, close } = await openWindow(browser, server, { as: true, ...size });
    await claim(`${kind}: the wheel over a table moves the page, and no table has a height of its own`, async () => {
      for (const name of ["abc", "falling", "misleads"]) {
        await page.goto(`/analysis/${name}`);
        await page.locator("main table").first().waitFor();
        await settled(page);
        for (const table of await page.locator("main table").all()) {
          await table.evaluate((element) => element.scrollIntoView({ block: "center" }));
          const box = await table.evaluate((element) => element.getBoundingClientRect().toJSON());
          const from = await page.evaluate(() => document.querySelector("main").scrollTop);
          await page.mouse.move(box.left + 20, Math.max(box.top, 120) + 10);
          await page.mouse.wheel(0, from > 0 ? -120 : 120);
          await page.waitForFunction((before) => document.querySelector("main").scrollTop !== before, from);
        }
        const traps = await page.evaluate(() =>
          [...document.querySelectorAll("main table")]
            .map((table) => table.closest("[role=group]"))
            .filter((box) => box.scrollHeight > box.clientHeight + 1 && getComputedStyle(box).overflowY !== "visible")
            .map((box) => box.getAttribute("aria-label")),
        );
        same(traps.join(), "", `tables of ${name} that scroll by themselves`);
      }
    });
    await close();
  }
}

async function rights(browser, server) {
  const owner = await server.caller();
  const role = await owner.post("/api/role", {
    name: "Смотрит",
    rights: ["client", "sale", "product", "analysis"].map((entity) => ({ entity, verb: "view", scope: "all" })),
  });
  const user = await owner.post("/api/user", { name: "Вера Смотрова", login: "looks", role_id: role.id });
  const as = { login: "looks", password: "sbyt-ural-2028" };
  await owner.post(`/api/user/${user.id}/password`, { password: as.password });
  const { page, close } = await openWindow(browser, server, { as });
  await claim("a workbook is offered nowhere to whoever may not export", async () => {
    for (const name of ["abc", "why"]) {
      await page.goto(`/analysis/${name}`);
      await page.locator("canvas").first().waitFor();
      await page.getByTitle("Сохранить", { exact: true }).first().click();
      await page.getByRole("menuitem").first().waitFor();
      same(await page.locator("a[href*='format=xlsx']").count(), 0, `doors to a workbook of ${name}`);
      await page.keyboard.press("Escape");
    }
  });
  await close();
}
