// Chromium without its own chatter, and what a test asks of a page: nothing broken in the console, nothing serious for axe.
import { mkdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { chromium } from "playwright-core";
import { holds } from "./claims.mjs";
import { OWNER } from "./server.mjs";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const flags = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"];
export const shots = process.env.SBYT_SHOTS;
if (shots) mkdirSync(shots, { recursive: true });

export const openBrowser = () => chromium.launch({ executablePath: process.env.SBYT_CHROMIUM ?? "/usr/bin/chromium", args: flags });

/* A refused request is told by the screen; the browser's own line about it is no fault. */
const isFault = (text) => !/Failed to load resource/.test(text);

/** A window of somebody's own: {page, faults, close}. */
export async function openWindow(browser, server, { width = 1440, height = 900, dark = false, language = "ru-RU", touch = false, as } = {}) {
  const context = await browser.newContext({ baseURL: server.base, viewport: { width, height }, colorScheme: dark ? "dark" : "light", locale: language, timezoneId: "Asia/Yekaterinburg", serviceWorkers: "block", acceptDownloads: true, hasTouch: touch, isMobile: touch });
  context.setDefaultTimeout(6000);
  const page = await context.newPage();
  const faults = [];
  page.on("console", (message) => message.type() === "error" && isFault(message.text()) && faults.push(message.text()));
  page.on("pageerror", (error) => faults.push(String(error)));
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

/** Nothing in sight is being loaded any more: no outline is shown, and none comes for a moment. */
export async function settled(page) {
  const quiet = () => ![...document.querySelectorAll(".mantine-Skeleton-root, [aria-busy=true]")].some((each) => each.getBoundingClientRect().top < innerHeight);
  await page.waitForFunction(quiet);
  await page.waitForTimeout(350);
  await page.waitForFunction(quiet);
}

export async function soundFor(page, where) {
  await page.evaluate(axe);
  const found = await page.evaluate(async () => (await window.axe.run(document, { resultTypes: ["violations"] })).violations.filter((each) => ["serious", "critical"].includes(each.impact)).map((each) => `${each.id}: ${each.nodes.map((node) => node.target).slice(0, 3).join(" ")}`));
  holds(found.length === 0, `${where}: axe finds ${found.join("; ")}`);
}

export async function picture(page, name) {
  if (shots) await page.screenshot({ path: `${shots}/${name}.png` });
}
