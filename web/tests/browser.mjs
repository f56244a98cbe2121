// Chromium without its own chatter, and what a test asks of a page: nothing broken in the console, nothing serious for
// axe.
import { mkdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { chromium } from "playwright-core";
import { holds } from "./claims.mjs";
import { OWNER } from "./server.mjs";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const flags = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];
export const shots = process.env.SBYT_SHOTS;
if (shots) mkdirSync(shots, { recursive: true });

export const openBrowser = () =>
  chromium.launch({ executablePath: process.env.SBYT_CHROMIUM ?? "/usr/bin/chromium", args: flags });

/* A refused request is told by the screen; the browser's own line about it is no fault. */
const isFault = (text) => !/Failed to load resource/.test(text);

/* What a page waits for comes so much later, as on a machine that has other work to do: what does not hold then is a
 * claim that is quicker than it may be, or a screen that people get ahead of. */
export const slow = Number(process.env.SBYT_SLOW ?? 0);
function late(by) {
  for (const name of ["setTimeout", "setInterval"]) {
    const own = window[name];
    window[name] = (work, after = 0, ...rest) => own(work, after + by, ...rest);
  }
  const ask = window.fetch;
  window.fetch = (...what) => new Promise((done) => window.setTimeout(done, by)).then(() => ask(...what));
}

/* Nobody is quicker than what a page has to do at once: where it gives the focus away, or says which option is the one
 * in use, as soon as it is drawn, hands wait for it. */
const due = (page) => page.evaluate(() => new Promise((done) => setTimeout(done)));

function handsWait(hands, names, pageOf) {
  for (const name of names) {
    const own = hands[name];
    hands[name] = function (...what) {
      return due(pageOf(this)).then(() => own.apply(this, what));
    };
  }
}

/* All locators are of one class, which has no name outside. */
let locators = null;
function locatorsWait(page) {
  if (locators) return;
  locators = Object.getPrototypeOf(page.locator("body"));
  handsWait(locators, ["click", "fill", "check", "uncheck", "press", "tap"], (locator) => locator.page());
}

/** A window of somebody's own: {page, faults, close}. */
export async function openWindow(
  browser,
  server,
  { width = 1440, height = 900, dark = false, language = "ru-RU", touch = false, as } = {},
) {
  const context = await browser.newContext({
    baseURL: server.base,
    viewport: { width, height },
    colorScheme: dark ? "dark" : "light",
    locale: language,
    timezoneId: "Asia/Yekaterinburg",
    serviceWorkers: "block",
    acceptDownloads: true,
    hasTouch: touch,
    isMobile: touch,
  });
  context.setDefaultTimeout(6000 + 60 * slow);
  const page = await context.newPage();
  locatorsWait(page);
  if (slow) await page.addInitScript(late, slow);
  handsWait(page.keyboard, ["press", "type"], () => page);
  const faults = [];
  page.on("console", (message) => message.type() === "error" && isFault(message.text()) && faults.push(message.text()));
  page.on("pageerror", (error) => faults.push(String(error)));
  asksOf(page);
  if (as) await signIn(page, as === true ? OWNER : as);
  return { page, context, faults, close: () => context.close() };
}

export async function signIn(page, { login, password }) {
  await page.goto("/");
  await page.fill("input[name=login]", login);
  await page.fill("input[name=password]", password);
  await page.press("input[name=password]", "Enter");
  await page.waitForSelector("main#main");
}

/* What each page has asked the server for and not been answered yet; the stream of events is never answered. */
const asked = new WeakMap();

function asksOf(page) {
  const asks = new Set();
  asked.set(page, asks);
  page.on("request", (request) => /fetch|xhr|script/.test(request.resourceType()) && asks.add(request));
  for (const end of ["requestfinished", "requestfailed"]) page.on(end, (request) => asks.delete(request));
}

/* No outline is in sight, and for a moment nothing has changed. */
const stillness = (moment) =>
  new Promise((done) => {
    let last = performance.now();
    const changes = new MutationObserver(() => (last = performance.now()));
    changes.observe(document, { subtree: true, childList: true, attributes: true, characterData: true });
    const waits = () =>
      [...document.querySelectorAll(".mantine-Skeleton-root, [aria-busy=true]")].some(
        (each) => each.getBoundingClientRect().top < innerHeight,
      );
    const timer = setInterval(() => {
      if (waits() || performance.now() - last < moment) return;
      clearInterval(timer);
      changes.disconnect();
      done();
    }, 20);
  });

/** Nothing in sight is being loaded any more, and nothing comes for a moment. */
export async function settled(page) {
  const until = Date.now() + 6000;
  do {
    await page.evaluate(stillness, 120);
    if (Date.now() > until) throw new Error("the page does not settle");
  } while (asked.get(page)?.size);
}

export async function soundFor(page, where) {
  await page.evaluate(axe);
  const found = await page.evaluate(async () =>
    (await window.axe.run(document, { resultTypes: ["violations"] })).violations
      .filter((each) => ["serious", "critical"].includes(each.impact))
      .map(
        (each) =>
          `${each.id}: ${each.nodes
            .map((node) => node.target)
            .slice(0, 3)
            .join(" ")}`,
      ),
  );
  holds(found.length === 0, `${where}: axe finds ${found.join("; ")}`);
}

export async function picture(page, name) {
  if (shots) await page.screenshot({ path: `${shots}/${name}.png` });
}
