// Every analysis of the example firm says its finding, draws it, shows it as a table, and opens the records behind a
// figure.
import { claim, holds, same } from "../claims.mjs";
import { openWindow, picture, settled, soundFor } from "../browser.mjs";
import { pace } from "../pace.mjs";
import { startExample } from "../server.mjs";

const analyses = [
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
const drawn = new Set([
  "working_base",
  "growth",
  "dynamics",
  "why",
  "abc",
  "xyz",
  "matrix",
  "rfm",
  "status",
  "concentration",
  "misleads",
]);

export default async function story({ browser, program }) {
  const server = await startExample(program);
  try {
    const inTurn = async (...parts) => {
      for (const part of parts) await part(browser, server);
    };
    await Promise.all([inTurn(screens, halves, doors, readers), inTurn(places)]); // nothing in these is timed
    await english(browser, server); // the person's language changes in every window
    await budgets(browser, server);
    await rights(browser, server);
  } finally {
    await server.stop();
  }
}

/* The example ends today, so which months fall changes from day to day: a channel with a fall. */
async function fallen(owner) {
  for (const { id } of (await owner.get("/api/channel")).items) {
    const asked = `from=2020-01-01&to=${new Date().toISOString().slice(0, 10)}&channel=${id}`;
    if ((await owner.get(`/api/analysis/dynamics?${asked}`)).tables.falls.rows.length) return asked;
  }
  throw new Error("no channel has a fall");
}

async function screens(browser, server) {
  const { page, faults, close } = await openWindow(browser, server, { as: true });
  for (const name of analyses)
    await claim(`${name} says one sentence, draws, and axe finds nothing serious`, async () => {
      await page.goto(`/analysis/${name}`);
      const sentence = page.locator("main p").first();
      await sentence.waitFor();
      holds(/\d/.test(await sentence.textContent()), "the sentence holds no figure");
      if (drawn.has(name)) await page.waitForFunction(() => document.querySelectorAll("canvas").length > 0);
      await settled(page);
      await soundFor(page, name);
      await picture(page, `analysis-${name}`);
      const words = await page.locator("main").innerText();
      holds(
        !/\b(web|head|class|table)\.[a-z_]+/.test(words),
        `a key shows: ${/\b(web|head|class|table)\.[a-z_.]+/.exec(words)?.[0]}`,
      );
    });
  await claim("night falls while a page is open: charts, and paper, take the right colours", async () => {
    await page.goto("/analysis/abc");
    await page.locator("canvas").first().waitFor();
    await settled(page);
    const drawing = async (colorScheme) => {
      await page.emulateMedia({ colorScheme });
      await page.waitForTimeout(400);
      return page
        .locator("canvas")
        .first()
        .evaluate((canvas) => canvas.toDataURL());
    };
    const [day, night, again] = [await drawing("light"), await drawing("dark"), await drawing("light")];
    holds(day !== night, "the chart keeps the colours of the day at night");
    same(again === day, true, "the chart is that of the day again");
    await page.emulateMedia({ colorScheme: "dark", media: "print" });
    const paper = await page.evaluate(() =>
      ["--surface", "--bad", "--mantine-color-text", "--line"]
        .map((name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim())
        .join(" "),
    );
    same(paper, "#ffffff #c92a2a #000 #bbb", "the colours of paper");
    await page.emulateMedia({ colorScheme: "light", media: "screen" });
  });
  await claim("nothing broke on the way", async () => same(faults.join("; "), "", "the console"));
  await close();
}

/* Half a desk: every column of every table is seen whole, the tables behind the charts too. */
async function halves(browser, server) {
  const { page, close } = await openWindow(browser, server, { as: true, width: 960 });
  for (const name of analyses)
    await claim(`${name} cuts no cell off on half a desk`, async () => {
      await page.goto(`/analysis/${name}`);
      await page.locator("main p").first().waitFor();
      await settled(page);
      await picture(page, `half-analysis-${name}`);
      for (const table of await page.getByTitle("Таблица").all()) await table.click();
      const cut = await page.evaluate(() =>
        [...document.querySelectorAll("main table")]
          .map((table) => table.parentElement)
          .filter((box) => box.scrollWidth > box.clientWidth)
          .map((box) => `${box.getAttribute("aria-label")}: ${box.scrollWidth} of ${box.clientWidth} px`),
      );
      same(cut.join("; "), "", "what is cut off");
    });
  await close();
}

async function doors(browser, server) {
  const owner = await server.caller();
  const { page, close } = await openWindow(browser, server, { as: true });
  await claim("a class opens its members, and their sum is the figure that was clicked", async () => {
    const { tables } = await owner.get("/api/analysis/abc");
    const wanted = tables.classes.rows[0];
    await page.goto("/analysis/abc");
    await page.getByRole("link", { name: "A", exact: true }).click();
    await page.waitForURL(/cell=A/);
    await page.getByRole("heading", { name: "Список: A" }).waitFor();
    const members = (await owner.get("/api/analysis/abc?cell=A")).tables.total.rows[0];
    same(members.items, wanted.items, "members");
    same(members.amount, wanted.amount, "the sum");
  });
  await claim("the members in sight are those of the cell clicked last, in every analysis with cells", async () => {
    for (const [name, cells] of Object.entries({
      abc: ["C", "B"],
      status: ["lost", "active"],
      growth: ["came-", "lost-", "till-"].map((what) => what + "2026-03"),
    }))
      for (const cell of cells) {
        const { rows } = (await owner.get(`/api/analysis/${name}?cell=${cell}`)).tables.items;
        if (cell === cells[0]) await page.goto(`/analysis/${name}`);
        await page.locator(`main a[href*='cell=${cell}']`).first().click();
        await page.getByRole("heading", { name: /^Список: / }).waitFor();
        await page
          .getByRole("region", { name: /^Список: / })
          .getByRole("row")
          .nth(1)
          .getByRole("link", { name: rows[0].client.name, exact: true })
          .waitFor();
      }
  });
  await claim("a setting stands in the address and back takes it away", async () => {
    await page.goto("/analysis/abc");
    await page.getByRole("radiogroup", { name: "Что разбираем" }).getByText("Товары").click();
    await page.waitForURL(/of=product/);
    await page.getByRole("columnheader", { name: "Товар" }).waitFor();
    await page.goBack();
    await page.getByRole("columnheader", { name: "Клиент" }).waitFor();
  });
  await claim("a chart shows its figures as a table, and saves a picture and a sheet", async () => {
    await page.goto("/analysis/why");
    const box = page.getByRole("region", { name: "Из чего сложилась разница" });
    await box.locator("canvas").waitFor();
    await box.getByRole("button", { name: /^Сохранить/ }).click();
    const [png] = await Promise.all([
      page.waitForEvent("download"),
      page.getByRole("menuitem", { name: "Картинка PNG" }).click(),
    ]);
    holds(png.suggestedFilename().endsWith(".png"), "no picture");
    await box.getByTitle("Таблица").click();
    await box.getByRole("cell", { name: "Ассортимент" }).waitFor();
  });
  await claim("a month opens the sales its amount came from", async () => {
    const { amount } = (await owner.get("/api/analysis/dynamics")).tables.points.rows[1];
    await page.goto("/analysis/dynamics");
    await page.getByRole("region", { name: "Продажи", exact: true }).getByTitle("Таблица").click();
    const door = page.getByRole("region", { name: "Продажи", exact: true }).locator("tbody a").nth(1);
    const { searchParams } = new URL(await door.getAttribute("href"), server.base);
    same(
      (await owner.get(`/api/sale/count?filter=${encodeURIComponent(searchParams.get("filter"))}`)).totals.total,
      amount,
      "the sum of the list",
    );
    await door.click();
    await page.waitForURL(/\/sales\?/);
    await page.getByText("Итого").waitFor();
  });
  await behindWhy(page, owner, server);
  await claim("a row of the log of statuses opens as many clients as it names", async () => {
    await page.goto("/analysis/status");
    const row = page.getByRole("region", { name: "Журнал переходов" }).getByRole("row").nth(1);
    const door = row.getByRole("link");
    const named = Number((await door.textContent()).replace(/\D/gu, ""));
    await door.click();
    await page.waitForURL(/cell=moved-/);
    const list = page.getByRole("region", { name: /^Список: \d\d\.\d\d\.\d{4}: / });
    await list.getByText(clientsOf(named)).waitFor();
    same(await rowsSeen(page, list), named, "clients in sight");
  });
  await claim("those who fall and those who are late are listed as many as the sentence counts", async () => {
    await page.goto("/analysis/falling");
    const [falling, late] = (await page.locator("main p").first().textContent())
      .replace(/[\u00a0\u202f]/gu, "")
      .match(/^(\d+) клиент.*Ещё (\d+) /u)
      .slice(1)
      .map(Number);
    same(await rowsSeen(page, page.getByRole("region", { name: "Падают" })), falling, "falling");
    same(await rowsSeen(page, page.getByRole("region", { name: "Опаздывают" })), late, "late");
  });
  await claim("a row that adds up in kopecks adds up in whole roubles, and so do the parts of a change", async () => {
    const figure = (text) => Number(text.replace(/[^\d\u2212-]/g, "").replace("\u2212", "-"));
    const columns = async (name) => {
      const rows = page.getByRole("region", { name, exact: true }).locator("tbody tr");
      await rows.first().waitFor();
      const cells = await rows.evaluateAll((all) =>
        all.map((row) => [...row.cells].map((cell) => cell.textContent ?? "")),
      );
      holds(cells.length > 5, `${name} has ${cells.length} rows`);
      return cells;
    };
    await page.goto("/analysis/falling");
    for (const [client, was, now, stake] of await columns("Падают"))
      same(figure(was) - figure(now), figure(stake), `${client}: ${was} less ${now}`);
    await page.goto("/analysis/why?from=2025-03-01&to=2026-02-28");
    const parts = (await columns("Слагаемые")).map(([, amount]) => figure(amount));
    same(
      parts.slice(0, -1).reduce((sum, n) => sum + n, 0),
      parts.at(-1),
      `the parts ${parts}`,
    );
  });

  await claim("a list longer than a page says so and is followed to its end", async () => {
    const { items } = (await owner.get("/api/analysis/concentration")).tables.total.rows[0];
    holds(items > 200, `only ${items} clients`);
    await page.goto("/analysis/concentration");
    await page.getByText(/^Показано 25 из/).waitFor();
    same(await rowsSeen(page, page.getByRole("region", { name: "Список" })), items, "clients in sight");
  });
  await claim("a fall opens everybody who made it, and a maker the sales", async () => {
    const falls = await fallen(owner);
    await page.goto(`/analysis/dynamics?${falls}`);
    await page.getByRole("region", { name: "Падения", exact: true }).locator("tbody a").first().click();
    await page.waitForURL(/cell=fall-/);
    const cell = new URL(page.url()).searchParams.get("cell");
    const { lists } = (await owner.get(`/api/analysis/dynamics?${falls}&cell=${cell}`)).tables;
    const list = page.getByRole("region", { name: /^Клиенты падений: падение/ });
    await list.waitFor();
    same(await rowsSeen(page, list), lists.rows[0].items, "clients in sight");
    await list.locator("tbody tr").first().getByRole("link").last().click();
    await page.waitForURL(/\/sales\?/);
    await page.getByText("Итого").waitFor();
  });
  await claim("what an analysis does not know it says in words", async () => {
    await page.goto("/analysis/abc?cell=Q");
    await page.getByText("Такой ячейки у этого анализа нет: Q").waitFor();
    await page.goto("/analysis/abc?grain=week");
    await page.getByText("Параметра grain здесь нет").waitFor();
  });
  await claim("a finding opens as many clients as it names", async () => {
    const { tables } = await owner.get("/api/analysis/findings");
    const named = tables.items.rows.filter(({ to, text }) => /cell=/.test(to) && /^[\d\s]+/u.test(text));
    holds(named.length >= 3, `only ${named.length} findings name clients`);
    for (const { to, text } of named) {
      const { total } = (await owner.get(`/api${to}`)).tables;
      same(total.rows[0].items, Number(/^[\d\s]+/u.exec(text)[0].replace(/\s/gu, "")), text);
    }
  });
  await claim("a finding's verb leads to the screen behind it", async () => {
    await page.goto("/analysis/findings");
    const verb = page.locator("main ol a").first();
    const to = await verb.getAttribute("href");
    await verb.click();
    await page.waitForURL(`**${to}`);
  });
  await claim(
    "losses, risks and chances stand apart, and each part of a price opens its clients, who add up to it",
    async () => {
      const { prices } = (await owner.get("/api/analysis/findings")).tables;
      const { finding, clients, of, turners } = prices.rows.find(
        ({ worth, of, clients }) => worth && of && clients > 1,
      );
      await page.goto("/analysis/findings");
      await page.getByRole("region", { name: "Потери" }).waitFor();
      await page.getByRole("region", { name: "Возможности" }).waitFor();
      for (const [part, n] of Object.entries({ now: clients, then: of, turned: turners })) {
        await page.goto("/analysis/findings");
        await page
          .locator("main li", { has: page.locator(`a[href*='cell=${finding}.now']`) })
          .getByText("Как посчитано")
          .click();
        const door = page.locator(`main li td a[href*='cell=${finding}.${part}']`);
        same(Number((await door.textContent()).replace(/\D/gu, "")), n, `${finding}.${part}`);
        await door.click();
        await page.waitForURL(new RegExp(`finding\\?.*cell=${finding}\\.${part}`));
        same(
          await rowsSeen(page, page.getByRole("region", { name: /^Список: / })),
          n,
          `clients behind ${finding}.${part}`,
        );
      }
    },
  );
  await claim("what concerns one client stands on its card, with the same price", async () => {
    const { items, prices } = (await owner.get("/api/analysis/findings")).tables;
    const one = items.rows.find(({ client }) => client);
    const { said } = prices.rows.find(({ item }) => item === one.item);
    await page.goto(one.to);
    const box = page.getByRole("region", { name: "Что говорит база" });
    await box.getByText(said.slice(1)).waitFor();
  });
  await close();
}

const clientsOf = (n) => new RegExp(`^${String(n).replace(/\B(?=(\d{3})+$)/g, "\\s")} клиент`, "u");

/* All rows of a list, its next pages fetched. */
async function rowsSeen(page, list) {
  const more = list.locator("xpath=..").getByRole("button", { name: "Показать ещё" });
  for (;;) {
    await settled(page);
    if (!(await more.count())) return list.locator("tbody tr").count();
    const before = await list.locator("tbody tr").count();
    await more.click();
    await page.waitForFunction(
      ([label, n]) => document.querySelectorAll(`[aria-label="${label}"] tbody tr`).length > n,
      [await list.locator("[role=group][aria-label]").first().getAttribute("aria-label"), before],
    );
  }
}

/* The figures of a column in kopecks, as they stand on the screen; where a sum is shown without its kopecks they are
 * under the pointer. */
const column = (list, at) =>
  list.locator(`tbody tr td:nth-child(${at})`).evaluateAll((cells) =>
    cells.map((cell) =>
      Number(
        (cell.title || cell.textContent)
          .replace(/[−-]/u, "-")
          .replace(/[^\d,-]/gu, "")
          .replace(",", ""),
      ),
    ),
  );

async function behindWhy(page, owner, server) {
  const query = "from=2026-02-01&to=2026-02-28";
  await claim(
    "each part of why sales changed opens the clients and products that made it, and they add up to it",
    async () => {
      const { parts } = (await owner.get(`/api/analysis/why?${query}`)).tables;
      for (const { part, amount, clients } of parts.rows) {
        await page.goto(`/analysis/why?${query}`);
        await page.getByRole("region", { name: "Слагаемые" }).locator(`a[href$="cell=${part}"]`).click();
        await page.waitForURL(new RegExp(`cell=${part}`));
        for (const name of [/^За чей счёт: /, /^На каких товарах: /]) {
          const list = page.getByRole("region", { name });
          await list.waitFor();
          const rows = await rowsSeen(page, list);
          if (name.source.includes("счёт")) same(rows, clients, `clients of ${part}`);
          same(
            (await column(list, 2)).reduce((sum, each) => sum + each, 0),
            Math.round(Number(amount) * 100),
            `${part}: ${name}`,
          );
        }
      }
    },
  );
  await claim("behind a client of the change stand his products and his sales of both periods", async () => {
    await page.goto(`/analysis/why?${query}`);
    const clients = page.getByRole("region", { name: "За чей счёт" });
    const row = clients.locator("tbody tr", { hasText: "Остались" }).first();
    const name = await row.locator("td").first().textContent();
    await row.locator("a[href*='cell=client-']").click();
    await page.getByRole("region", { name: `На каких товарах: ${name}` }).waitFor();
    const one = page.getByRole("region", { name: `За чей счёт: ${name}` });
    same(await rowsSeen(page, one), 1, "clients in sight");
    const [change] = await column(one, 5),
      products = page.getByRole("region", { name: `На каких товарах: ${name}` });
    await rowsSeen(page, products);
    same(
      (await column(products, 4)).reduce((sum, each) => sum + each, 0),
      change,
      "the products",
    );
    for (const at of [3, 4]) {
      const [amount] = await column(one, at);
      const { searchParams } = new URL(
        await one.locator(`tbody td:nth-child(${at}) a`).getAttribute("href"),
        server.base,
      );
      same(
        Math.round(
          Number(
            (await owner.get(`/api/sale/count?filter=${encodeURIComponent(searchParams.get("filter"))}`)).totals.total,
          ) * 100,
        ),
        amount,
        "the sales",
      );
    }
  });
}

/* The period and the filters are the reader's: they stay from one analysis to the next, and when one comes back. */
async function readers(browser, server) {
  const { page, close } = await openWindow(browser, server, { as: true });
  await claim("twelve months are twelve bars, the first from its first day and the last to its last", async () => {
    const owner = await server.caller();
    const { settings, tables } = await owner.get("/api/analysis/dynamics");
    same(tables.points.rows.length, 12, "points");
    same(settings.from.slice(8), "01", "the first day");
    same(
      new Date(`${settings.to}T12:00:00Z`).getUTCMonth() ===
        new Date(Date.parse(`${settings.to}T12:00:00Z`) + 864e5).getUTCMonth(),
      false,
      "the last day",
    );
  });
  await claim(
    "a period stays from one analysis to the next and when one comes back; back takes it away, the usual one ends it",
    async () => {
      await page.goto("/analysis/abc");
      await page.getByRole("button", { name: /^Период: 12 месяцев: / }).waitFor();
      await page.getByRole("button", { name: /^Период/ }).click();
      await page
        .getByRole("button", { name: /^\d{4} год$/ })
        .last()
        .click();
      await page.waitForURL(/from=/);
      const { searchParams } = new URL(page.url());
      const [from, to] = [searchParams.get("from"), searchParams.get("to")];
      await page.getByRole("link", { name: "RFM", exact: true }).click();
      await page.waitForURL(new RegExp(`/analysis/rfm\\?from=${from}&to=${to}`));
      await page.getByRole("link", { name: "Клиенты", exact: true }).click();
      await page.waitForURL(/\/clients/);
      await page.getByRole("link", { name: "Анализ", exact: true }).click();
      await page.waitForURL(new RegExp(`/analysis/findings\\?from=${from}&to=${to}`));
      await page.getByRole("button", { name: /^Период/ }).click();
      await page.getByRole("button", { name: "12 месяцев", exact: true }).click();
      await page.waitForURL((url) => !url.searchParams.has("from"));
      await page.goBack();
      await page.waitForURL(/from=/);
      await page.goForward();
      await page.waitForURL((url) => !url.searchParams.has("from"));
      await page.getByRole("link", { name: "ABC", exact: true }).click();
      await page.waitForURL((url) => url.pathname === "/analysis/abc" && !url.searchParams.has("from"));
      await page.getByRole("button", { name: /^Период: 12 месяцев: / }).waitFor();
    },
  );
  await close();
}

async function screensOf(owner) {
  const sale = (await owner.get("/api/sale?sort=-total&limit=1")).items[0];
  const role = (await owner.get(`/api/role?search=${encodeURIComponent("Менеджер по продажам")}`)).items[0];
  return {
    clients: "/clients",
    "client-card": `/clients/${sale.client_id}`,
    sales: "/sales",
    "sale-card": `/sales/${sale.id}`,
    products: "/products",
    "product-card": `/products/${(await owner.get("/api/product?limit=1")).items[0].id}`,
    people: "/people",
    role: `/people/roles/${role.id}`,
    units: "/people/units",
    settings: "/settings/me",
    firm: "/settings/firm",
    fields: "/settings/fields",
    sources: "/settings/source",
    abc: "/analysis/abc",
    matrix: "/analysis/matrix",
    why: "/analysis/why?from=2026-02-01&to=2026-02-28&cell=assortment",
    falling: "/analysis/falling",
    status: "/analysis/status",
    dynamics: "/analysis/dynamics?from=2023-03-01&to=2026-02-28",
    concentration: "/analysis/concentration",
    misleads: "/analysis/misleads",
  };
}

async function places(browser, server) {
  const screens = await screensOf(await server.caller());
  await place(browser, server, screens, "wide", {});
  await place(browser, server, screens, "narrow", { width: 390, height: 844 });
  await place(browser, server, screens, "dark", { dark: true });
}

async function english(browser, server) {
  const owner = await server.caller();
  const { user } = await owner.get("/api/session");
  await owner.patch(`/api/user/${user.id}`, { language: "en" });
  await place(browser, server, await screensOf(owner), "english", { language: "en-GB" });
  await owner.patch(`/api/user/${user.id}`, { language: "ru" });
}

async function place(browser, server, screens, kind, options) {
  const { page, faults, close } = await openWindow(browser, server, { as: true, ...options });
  for (const [name, path] of Object.entries(screens))
    await claim(`${kind}: ${name} is whole and axe finds nothing serious`, async () => {
      await page.goto(path);
      await page.locator("h1").waitFor();
      await settled(page);
      const looked = kind === "wide" && path === `/analysis/${name}`; // above, as one of all analyses
      if (!looked) await soundFor(page, name);
      await picture(page, `${kind}-${name}`);
      const overflow = await page.evaluate(
        () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
      );
      holds(overflow <= 0, `the page is ${overflow} px too wide`);
      const text = await page.locator("body").innerText();
      holds(!/\bweb\.[a-z_]+/.test(text), `a key shows: ${/\bweb\.[a-z_.]+/.exec(text)?.[0]}`);
      if (kind === "english")
        holds(
          !/[а-яё]{4,}/i.test(await chrome(page)),
          `Russian words on an English screen: ${/[а-яё]{4,}/i.exec(await chrome(page))?.[0]}`,
        );
    });
  await claim(`${kind}: nothing broke on the way`, async () => same(faults.join("; "), "", "the console"));
  await close();
}

/* What the program itself says on a screen: headings, buttons, column heads; names of clients and goods are the
 * firm's. */
const chrome = (page) =>
  page.evaluate(() =>
    [...document.querySelectorAll("nav a, h2, button:not([aria-label*=': ']), th, [role=columnheader]")]
      .filter((each) => !each.closest("[role=row][aria-rowindex], td") && !each.matches("a[href*='view=']"))
      .map((each) => each.textContent)
      .join(" | ")
      .replace(/Русский|English/g, ""),
  );

async function budgets(browser, server) {
  const { page, context, close } = await openWindow(browser, server, { as: true });
  const seen = async () => {
    const began = Date.now();
    await page.goto("/clients");
    await page.waitForFunction(() => document.querySelector("[role=rowgroup] [role=row][aria-rowindex='2']"), null, {
      polling: "raf",
    });
    return Date.now() - began;
  };
  await claim("the first useful screen is there within 1.5 s cold and 0.5 s warm", async () => {
    const cold = await context.newPage();
    const client = await context.newCDPSession(cold);
    await client.send("Network.clearBrowserCache");
    await cold.close();
    const first = await seen();
    const warm = Math.min(await seen(), await seen(), await seen());
    const slow = await pace(page);
    console.log(`        cold ${first} ms, warm ${warm} ms, ${slow.toFixed(1)} x the time meant`);
    holds(first <= 1500 * slow && warm <= 500 * slow, `cold ${first} ms, warm ${warm} ms`);
  });
  await claim("a click on a heading answers within 100 ms", async () => {
    await page.goto("/clients");
    await page.locator("[role=row][aria-rowindex='2']").waitFor();
    const times = [];
    for (let at = 0; at < 5; at++)
      times.push(
        await page.evaluate(async () => {
          const button = document.querySelector("[role=columnheader] button");
          const before = document.querySelector("[role=row][aria-rowindex='2']").textContent;
          const began = performance.now();
          button.click();
          while (
            document.querySelector("[role=row][aria-rowindex='2']")?.textContent === before &&
            performance.now() - began < 3000
          )
            await new Promise(requestAnimationFrame);
          return performance.now() - began;
        }),
      );
    const median = times.sort((a, b) => a - b)[2];
    const slow = await pace(page);
    console.log(`        ${Math.round(median)} ms in the median, ${slow.toFixed(1)} x the time meant`);
    holds(median <= 100 * slow, `${Math.round(median)} ms`);
  });
  await claim("the next analysis, never seen before, is there within 200 ms of its click in the median", async () => {
    await page.goto("/analysis/findings");
    await settled(page);
    const times = await page.evaluate(async () => {
      const times = [];
      for (const link of [...document.querySelectorAll('main aside a[href^="/analysis/"]')].slice(1)) {
        const began = performance.now();
        link.click();
        const there = () =>
          location.pathname === link.getAttribute("href") &&
          document.querySelector("main h1")?.textContent === link.textContent &&
          document.querySelector("main p + details, main p ~ details") &&
          !document.querySelector("main [aria-busy=true]");
        while (!there() && performance.now() - began < 5000) await new Promise(requestAnimationFrame);
        times.push(performance.now() - began);
        await new Promise((done) => setTimeout(done, 300));
      }
      return times.sort((a, b) => a - b);
    });
    const [median, most] = [times[times.length >> 1], times.at(-1)].map(Math.round);
    const slow = await pace(page);
    console.log(`        ${times.length}: ${median} ms, ${most} ms at most, ${slow.toFixed(1)} x the time meant`);
    holds(times.length >= 12 && times[times.length >> 1] <= 200 * slow, times.map(Math.round).join(", "));
  });
  await close();
}

async function rights(browser, server) {
  const owner = await server.caller();
  const { items } = await owner.get(`/api/user?limit=200`);
  const roles = (await owner.get("/api/role?limit=200")).items;
  const managerRole = roles.find((role) => role.name === "Менеджер по продажам");
  const manager = items.find((user) => user.role_id === managerRole.id);
  const keeper = (op) => encodeURIComponent(JSON.stringify({ field: "keeper_id", op, value: manager.id }));
  const password = "manager-ural-2026";
  await owner.post(`/api/user/${manager.id}/password`, { password });
  const { page, close } = await openWindow(browser, server, { as: { login: manager.login, password } });
  await claim("a manager sees only own clients, and no place that is not theirs", async () => {
    const own = (await owner.get(`/api/client/count?filter=${keeper("is")}`)).count;
    await page.goto("/clients");
    await page.getByText(new RegExp(`^${own} клиент`)).waitFor();
    same(await page.getByRole("link", { name: "Загрузка данных" }).count(), 0, "the import in the rail");
  });
  await claim("somebody else's card is not there, in words", async () => {
    const foreign = (await owner.get(`/api/client?limit=1&filter=${keeper("is_not")}`)).items[0];
    await page.goto(`/clients/${foreign.id}`);
    await page.getByText("у вас нет к ней доступа").waitFor();
  });
  await claim("a right taken away on the matrix holds at the next click", async () => {
    const window = await openWindow(browser, server, { as: true });
    await window.page.goto(`/people/roles/${managerRole.id}`);
    await window.page.getByRole("textbox", { name: "Продажи: видеть" }).click();
    await window.page.getByRole("option", { name: "нет" }).click();
    await window.page.getByText("Сохранено").waitFor();
    await page.goto("/clients");
    await page.locator("[role=grid]").waitFor();
    same(await page.getByRole("link", { name: "Заказы и деньги" }).count(), 0, "sales in the rail");
    await page.goto("/sales");
    await page.getByText("У вас нет доступа к этому разделу").waitFor();
    await window.close();
  });
  await close();
}
