// From the rail every link is followed and everything is pressed: on an empty base, on the example firm by mouse and by
// finger, and by somebody in each built-in role. A new screen is met without being listed. How: ../crawl/crawl.mjs.
// SBYT_CRAWL_SECONDS is the time there is for all of it; what it does not suffice for fails. Each seventh role is
// tried, and on each seventh screen what it has in common with others is pressed once more, every day others
// (SBYT_CRAWL_PART says which), all of them where SBYT_CRAWL_ALL is set (./test --long).
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { claim, holds, same } from "../claims.mjs";
import { openWindow } from "../browser.mjs";
import { Crawl } from "../crawl/crawl.mjs";
import { Astray, nonsense } from "../crawl/nonsense.mjs";
import { PLANTED, planted } from "../crawl/planted.mjs";
import { inEachRole } from "../crawl/roles.mjs";
import { Caller, OWNER, startExample, startServer } from "../server.mjs";

const ALL = !!process.env.SBYT_CRAWL_ALL;
const SECONDS = Number(process.env.SBYT_CRAWL_SECONDS ?? (ALL ? 3000 : 1500));
const PARTS = 7;
const PART = Number(process.env.SBYT_CRAWL_PART ?? Math.floor(Date.now() / 86_400_000)) % PARTS;
const some = (list) => (ALL ? list : list.filter((_, at) => at % PARTS === PART));
const sum = (text) => [...text].reduce((all, letter) => (all * 31 + letter.charCodeAt(0)) % 9973, 0);
const whole = (path) => ALL || sum(path) % PARTS === PART;
const WIDE = { width: 1440, height: 900 };
const PHONE = { width: 390, height: 844, touch: true };

const sentences = {
  error: "no page throws, writes an error, breaks or shows the key of a word",
  dead: "no control is dead",
  focus: "no press and no closing loses the focus",
  shut: "whatever opens closes",
  covered: "nothing lies on a control",
  wide: "nothing makes the page wider than its window",
  time: `all was reached within ${SECONDS} s`,
};

/* Routes of the client by their form: "/clients/:id". */
const routes = readFileSync(fileURLToPath(new URL("../../src/app/routes.tsx", import.meta.url)), "utf8");
const paths = [...routes.matchAll(/\[\s*"(\/[^"]+)",\s*\(\) =>/g)].map(([, path]) => path);

async function crawlerAs(browser, server, way, { person = OWNER, Kind = Crawl, ...rest }) {
  const { page, context, close } = await openWindow(browser, server, way);
  const headers = { "X-Sbyt": "1", "Sec-Fetch-Site": "same-origin" };
  await context.request.post("/api/session", { headers, data: { login: person.login, password: person.password } });
  const { user } = await (await context.request.get("/api/session")).json();
  const crawl = new Kind({ page, user, touch: way.touch, whole, ...rest });
  await crawl.begin();
  return { crawl, close };
}

async function told(name, crawl) {
  console.log(`        ${crawl.told()}`);
  for (const [kind, sentence] of Object.entries(sentences))
    await claim(`${name}: ${sentence}`, async () => {
      const found = crawl.of(kind);
      for (const each of found) console.log(`        ${kind} ${each}`);
      same(found.length, 0, "the number of faults");
    });
}

async function emptyFirm(program) {
  const server = await startServer(program);
  const setUp = { token: server.token, firm: server.firm, user: OWNER, example: false };
  await new Caller(server.base).post("/api/setup", setUp);
  return server;
}

/* What the crawler is for it must be able to see: one fault of each kind beside the same things done right. */
async function named(browser, program) {
  const server = await emptyFirm(program);
  for (const [how, way] of Object.entries({ mouse: WIDE, finger: PHONE })) {
    const { page, context, close } = await openWindow(browser, server, way);
    await planted(context);
    const crawl = new Crawl({ name: how, page, touch: way.touch, until: Date.now() + 60_000 });
    await crawl.begin();
    await crawl.run("/planted");
    for (const { kind, name, what } of PLANTED)
      await claim(`by ${how} the crawler names ${what}`, async () =>
        holds(
          crawl.of(kind).some((text) => text.includes(name)),
          crawl.faults.map((each) => `${each.kind} ${each.text}`).join("\n"),
        ),
      );
    await claim(`by ${how} it names nothing else`, async () => {
      const others = crawl.faults.filter(
        ({ kind, text }) => !PLANTED.some((each) => each.kind === kind && text.includes(each.name)),
      );
      same(others.map(({ kind, text }) => `${kind} ${text}`).join("\n"), "", "the other faults");
      same(crawl.told(), `${how}: 2 screens, 17 controls pressed: /planted 16, /planted/other 1`, "the report");
    });
    await close();
  }
  await server.stop();
}

/* The way out was refused all the time; last of all it is open. */
async function wayOut({ page }) {
  await page.evaluate(() => sessionStorage.setItem("crawlLetsPass", "yes"));
  await page.goto("/");
  await page.getByRole("button", { name: /личное меню|menu/i }).click();
  await page.getByRole("menuitem", { name: /Выйти|Sign out/ }).click();
  await page.waitForFunction(() => document.activeElement?.matches("input[name=login]"));
}

/* Everything on its screens; of what opens there what has not been gone through on the example. */
async function onEmptyBase(browser, server, pressed, until) {
  const opened = new Set([...pressed].filter((key) => key.startsWith(">")));
  const { crawl, close } = await crawlerAs(browser, server, WIDE, { name: "empty", until, pressed: opened });
  await crawl.run();
  return async () => {
    await told("an empty base, by mouse", crawl);
    await claim("at last the way out is pressed, and the sign-in has the focus", () => wayOut(crawl));
    await close();
  };
}

async function asOwner(browser, server, way, name, until) {
  const { crawl, close } = await crawlerAs(browser, server, way, { name, until });
  await crawl.run();
  await close();
  return crawl;
}

/* One phone's analysis for somebody is like another: those are opened by mouse. */
const screensOf = (crawl) => crawl.opened().filter((path) => !/^\/analysis\/./.test(path));

/* Whoever is put into a role opens each screen it has, by mouse and by finger, and presses what nobody has pressed
 * before him. */
async function inRoles(browser, server, { person, becomes, roles }, owners, until) {
  const ways = [];
  for (const [owner, way] of [
    [owners.mouse, WIDE],
    [owners.finger, PHONE],
  ]) {
    const { crawl, close } = await crawlerAs(browser, server, way, { person, until, pressed: owner.pressed });
    ways.push({ crawl, close, owner });
  }
  const opened = [];
  for (const role of some(roles)) {
    await becomes(role);
    let led = [];
    for (const { crawl, owner } of ways) {
      crawl.anew(`${owner.name}, ${role}`, owner.known, led);
      await crawl.run();
      led = screensOf(crawl).filter((path) => !path.includes(":"));
    }
    const [mouse, finger] = ways.map(({ crawl }) => crawl);
    const missed = screensOf(mouse).filter((path) => !finger.known.has(path));
    opened.push({ role, missed, screens: [mouse, finger].map((crawl) => crawl.opened().length) });
  }
  for (const { close } of ways) await close();
  return { crawls: ways.map(({ crawl }) => crawl), opened };
}

async function astray(browser, server, known, until) {
  const { crawl, close } = await crawlerAs(browser, server, WIDE, { Kind: Astray, name: "astray", until });
  await crawl.run(nonsense(known));
  await close();
  return crawl;
}

/* Something is watched, and has been found: so the register has a line, which leads to a finding. */
async function watched(server) {
  const owner = await server.caller();
  const watch = (await owner.get(`/api/watch?search=${encodeURIComponent("Крупная сделка")}`)).items[0];
  await owner.post(`/api/watch/${watch.id}/switch`, { on: true });
  for (let found = 0; !found; { count: found } = await owner.get("/api/finding/count"))
    await new Promise((done) => setTimeout(done, 100));
}

const met = (screens, path) => {
  const form = new RegExp(`^${path.replace(/:\w+/g, "[^/]+")}$`);
  return [...screens.keys()].some((each) => form.test(each));
};

async function toldOfOwner(how, crawl) {
  await told(`the example firm, by ${how}`, crawl);
  await claim(`by ${how} every route of the client has been gone to`, async () =>
    same(paths.filter((path) => !met(crawl.screens, path)).join(), "", "routes that nothing led to"),
  );
}

async function toldOfRoles(parts) {
  const opened = parts.flatMap((part) => part.opened);
  const list = opened.map(({ role, screens }) => `${role.replace("role.", "")} ${screens.join("+")}`).join(", ");
  console.log(`        screens opened by mouse and by finger: ${list}`);
  for (const [at, how] of ["mouse", "finger"].entries()) {
    const crawls = parts.map((part) => part.crawls[at]);
    for (const [kind, sentence] of Object.entries(sentences))
      await claim(`in built-in roles, by ${how}: ${sentence}`, async () =>
        same(crawls.flatMap((crawl) => crawl.of(kind)).join("\n"), "", "the faults"),
      );
  }
  await claim(`${opened.length} built-in roles have opened what they are shown, by finger too`, async () => {
    holds(opened.length > (ALL ? 30 : 3), `${opened.length} roles`);
    const less = opened.filter(({ screens: [mouse], missed }) => !mouse || missed.length);
    same(less.map(({ role, missed }) => `${role} ${missed.join()}`).join(), "", "roles that opened less by finger");
  });
}

async function toldOfNonsense(crawl) {
  for (const kind of ["error", "time"])
    await claim(`${crawl.count} nonsense addresses: ${sentences[kind]}`, async () =>
      same(crawl.of(kind).join("\n"), "", "the faults"),
    );
}

const seconds = (since) => Math.round((Date.now() - since) / 1000);

/* Two at a time or more: while one waits for its page another presses. */
export default async function story({ browser, program }) {
  await named(browser, program);
  const began = Date.now();
  const until = began + SECONDS * 1000;
  const servers = await Promise.all([startExample(program), startExample(program), emptyFirm(program)]);
  await Promise.all(servers.slice(0, 2).map(watched));
  const [first, second, bare] = servers;
  const [mouse, finger] = await Promise.all([
    asOwner(browser, first, WIDE, "mouse", until),
    asOwner(browser, second, PHONE, "finger", until),
  ]);
  const owners = seconds(began);
  const people = await inEachRole(first);
  const [empty, lost, ...parts] = await Promise.all([
    onEmptyBase(browser, bare, mouse.pressed, until),
    astray(browser, second, mouse.known, until),
    ...people.map((one) => inRoles(browser, first, one, { mouse, finger }, until)),
  ]);
  const which = ALL ? "all roles" : `part ${PART} of the roles`;
  console.log(`        all crawls: ${seconds(began)} s, the owner's ${owners} s, ${which}`);
  await toldOfOwner("mouse", mouse);
  await toldOfOwner("finger", finger);
  await toldOfRoles(parts);
  await toldOfNonsense(lost);
  await empty();
  for (const server of servers) await server.stop();
}
