// At 50 kB a second: one may sign in at once, and what comes behind is packed and asked for once.
import { claim, holds, same } from "../claims.mjs";
import { openWindow } from "../browser.mjs";
import { OWNER } from "../server.mjs";

const SLOW = { offline: false, latency: 80, downloadThroughput: 50_000, uploadThroughput: 50_000 };

export default async function story({ server, browser }) {
  const { page, context, faults, close } = await openWindow(browser, server);
  const line = await context.newCDPSession(page);
  await line.send("Network.enable");
  await line.send("Network.emulateNetworkConditions", SLOW);
  await claim("the form by which one signs in is there and takes letters within 2 s", async () => {
    const began = Date.now();
    await page.goto("/", { waitUntil: "commit" });
    await page.fill("input[name=login]", OWNER.login);
    const took = Date.now() - began;
    console.log(`        ${took} ms`);
    holds(took <= 2000, `it took ${took} ms`);
    same(await page.evaluate(() => document.activeElement?.getAttribute("name")), "login", "the focus");
  });
  await claim("who signs in before the rest has come gets in when it has", async () => {
    await page.fill("input[name=password]", OWNER.password);
    await page.press("input[name=password]", "Enter");
    await page.waitForSelector("main#main", { timeout: 20_000 });
  });
  await line.send("Network.emulateNetworkConditions", {
    ...SLOW,
    latency: 0,
    downloadThroughput: -1,
    uploadThroughput: -1,
  });
  await claim("words and files come packed, and a browser that has the words is sent none", async () => {
    await page.reload();
    await page.waitForSelector("main#main");
    const answer = await page.request.get("/api/words/ru", { headers: { "Accept-Encoding": "gzip" } });
    same(answer.headers()["content-encoding"], "gzip", "the words are sent as");
    same(answer.headers()["cache-control"], "no-cache", "what a browser may do with them");
    const tag = answer.headers().etag;
    const again = await page.request.get("/api/words/ru", { headers: { "If-None-Match": tag } });
    same(again.status(), 304, "the answer to who has them");
    const list = await page.request.get("/api/meta", { headers: { "Accept-Encoding": "gzip" } });
    same(list.headers()["content-encoding"], "gzip", "the records and fields are sent as");
  });
  await claim("nothing broke on the way", async () => same(faults.join("; "), "", "the console"));
  await close();
}
