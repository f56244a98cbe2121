// On paper: A4 with the firm, what is printed, of which period and conditions, the day, page x of y, and nothing of the
// program itself. On a phone: the finding first, and nothing cut.
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { claim, holds, same } from "../claims.mjs";
import { openWindow, picture, settled, shots, soundFor } from "../browser.mjs";
import { startExample } from "../server.mjs";

const folder = mkdtempSync(join(tmpdir(), "sbyt-paper-"));

/* The sheets of a page as text, and how large they are in points. */
async function sheets(page, name) {
  await page.evaluate(() => window.dispatchEvent(new Event("beforeprint")));
  const file = join(shots ?? folder, `${name}.pdf`);
  writeFileSync(file, await page.pdf({ preferCSSPageSize: true, printBackground: true }));
  await page.evaluate(() => window.dispatchEvent(new Event("afterprint")));
  const [, width, height] = /Page size:\s+([\d.]+) x ([\d.]+)/.exec(
    execFileSync("pdfinfo", [file], { encoding: "utf8" }),
  );
  const text = execFileSync("pdftotext", ["-layout", file, "-"], { encoding: "utf8" }).replace(/[\u00a0\u202f]/gu, " ");
  return { size: `${Math.round(width)} x ${Math.round(height)}`, pages: text.split("\f").slice(0, -1) };
}

const chrome = [
  "Найти",
  "Загрузка данных",
  "Настройки",
  "Печать",
  "Показать ещё",
  "Столбцы",
  "Выгрузить",
  "личное меню",
];

export default async function story({ browser, program }) {
  const server = await startExample(program);
  try {
    await paper(browser, server);
    await phone(browser, server);
  } finally {
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function paper(browser, server) {
  const owner = await server.caller();
  const { firm } = await owner.get("/api/session");
  const sale = (await owner.get("/api/sale?sort=-total&limit=1")).items[0];
  const channel = (await owner.get("/api/channel?limit=1")).items[0];
  const perm = encodeURIComponent(JSON.stringify({ field: "city", op: "is", value: "Пермь" }));
  const { page, faults, close } = await openWindow(browser, server, { as: true, dark: true });
  const year = "from=2026-01-01&to=2026-03-31";
  for (const [name, path, title, said] of [
    ["an analysis", `/analysis/abc?${year}&channel=${channel.id}`, "ABC", ["01.01.2026 – 31.03.2026", channel.name]],
    ["why it changed", `/analysis/why?${year}`, "Почему изменилось", ["01.01.2026 – 31.03.2026"]],
    ["a list", `/clients?filter=${perm}`, "Клиенты", ["Пермь"]],
    ["a client", `/clients/${sale.client_id}`, "История", []],
    ["a sale", `/sales/${sale.id}`, "Продажа", []],
  ])
    await claim(
      `${name}: A4 with the firm, title, period and conditions, day, page x of y, and nothing else`,
      async () => {
        await page.goto(path);
        await page.locator("main h1").waitFor();
        await settled(page);
        await page.waitForTimeout(1800); // charts out of sight are drawn for paper after the rest
        const { size, pages } = await sheets(page, name.replaceAll(" ", "-"));
        same(size, "595 x 842", "the paper");
        const today = firm.today.split("-").reverse().join(".");
        pages.forEach((text, at) => {
          for (const part of [firm.name, `Стр. ${at + 1} из ${pages.length}`, `Напечатано ${today}`])
            holds(text.includes(part), `“${part}” is not on sheet ${at + 1}`);
        });
        const all = pages.join("\n");
        for (const part of [title, ...said]) holds(all.includes(part), `“${part}” is not on the paper`);
        for (const part of chrome) holds(!all.split("\n").some((line) => line.trim() === part), `“${part}” is printed`);
        for (const line of pages[0].split("\n")) holds(!/Ctrl\s+K/.test(line), "the rail is printed");
      },
    );
  await claim("nothing broke on the way", async () => same(faults.join("; "), "", "the console"));
  await close();
}

/* What the waterfall has written stands as text over it: the name of each part, then its figure, none on another. */
async function legible(page) {
  await page.goto("/analysis/why");
  await settled(page);
  const chart = page.getByRole("list", { name: "Из чего сложилась разница" });
  await chart.locator("li").first().waitFor();
  const written = await chart.locator("li").evaluateAll((all) =>
    all.map((each) => {
      const { left, top, right, bottom } = each.getBoundingClientRect();
      return { text: each.textContent, left, top, right, bottom };
    }),
  );
  const texts = written.map(({ text }) => text);
  const names = await page.locator("main table").first().locator("tbody td:first-child").allTextContents();
  same(names.length, 7, "the parts of the table");
  same(texts.filter((text) => names.includes(text)).join(), names.join(), "the names in the chart");
  for (const name of names) {
    const [before, after] = [-1, 1].map((step) => texts[texts.indexOf(name) + step] ?? "");
    holds(/^[+−]?\d.*₽$/.test(after), `“${after}” follows “${name}”, after “${before}”`);
  }
  const box = await page.locator("canvas").first().boundingBox();
  for (const [at, one] of written.entries()) {
    holds(one.left >= box.x - 1 && one.right <= box.x + box.width + 1, `“${one.text}” stands outside the chart`);
    const under = written.slice(at + 1).find((other) => covers(one, other));
    holds(!under, `“${one.text}” lies on “${under?.text}”`);
  }
}

/* The boxes have some pixels of air around the letters. */
const AIR = 8;
const covers = (one, other) =>
  Math.min(one.right, other.right) - Math.max(one.left, other.left) > AIR &&
  Math.min(one.bottom, other.bottom) - Math.max(one.top, other.top) > AIR;

async function phone(browser, server) {
  const { page, faults, close } = await openWindow(browser, server, { as: true, width: 390, height: 844, touch: true });
  for (const name of ["findings", "abc", "why", "dynamics", "falling", "misleads"])
    await claim(
      `${name}: the first sentence stands in the upper third, and the page is as wide as the phone`,
      async () => {
        await page.goto(`/analysis/${name}`);
        const sentence = page.locator("main p").first();
        await sentence.waitFor();
        await settled(page);
        const { y } = await sentence.boundingBox();
        holds(y <= 844 / 3, `it begins at ${Math.round(y)} of 844`);
        same(await page.evaluate(() => document.querySelector("main").scrollWidth), 390, "the width of the page");
        await soundFor(page, name);
        await picture(page, `phone-${name}`);
      },
    );
  await claim("what is folded away opens, is changed, and its line says so", async () => {
    await page.goto("/analysis/abc");
    const fold = page.getByRole("button", { name: /^Условия отбора: / });
    await fold.tap();
    await page.getByRole("radiogroup", { name: "Показатель" }).getByText("Количество").tap();
    await page.waitForURL(/measure=quantity/);
    await fold.getByText(/Количество/).waitFor();
    await picture(page, "phone-settings");
  });
  await claim("what is opened from a menu keeps the focus, and gives it back to the menu's button", async () => {
    await page.goto("/clients");
    await settled(page);
    for (let times = 0; times < 2; times++) {
      await page.getByRole("button", { name: "Ещё" }).tap();
      await page.getByRole("menuitem", { name: "Найти" }).tap();
      await page.getByRole("dialog").waitFor();
      await page.waitForTimeout(150); // a menu that closes gives the focus back after a moment
      await page.keyboard.type("Настр");
      same(await page.getByRole("dialog").getByRole("combobox").inputValue(), "Настр", "what was typed");
      await page.touchscreen.tap(380, 10);
      await page.waitForFunction(() => document.activeElement?.textContent === "Ещё");
    }
  });
  await claim("the waterfall's names and figures are text, each beside its own, and none lies on another", async () => {
    await legible(page);
    await page.setViewportSize({ width: 1440, height: 900 });
    await legible(page);
  });
  await claim("nothing broke on the way", async () => same(faults.join("; "), "", "the console"));
  await close();
}
