// Somebody who presses everything once. Nothing is listed: from the first screen every link is followed, and on each
// screen whatever can be pressed is pressed, and whatever that brings up, and left again as its way of pressing leaves
// things: by Escape, or by a finger beside it.
//
// A control is known by where it stands and by what the program calls it (names.mjs); the rows of a list are one. What
// goes wrong is a fault:
//   error    the page threw, wrote an error or drew its apology
//   dead     a press changed nothing: no element, no request, no focus, no file
//   focus    after a press, or when something closed, nothing had it
//   shut     what opened does not close
//   covered  it is shown, and something lies on it
//   wide     the page has become wider than its window
//   time     what was not reached when the time was over
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { listen } from "./listen.mjs";
import { isWord, nameKey } from "./names.mjs";

const script = (name) => readFileSync(fileURLToPath(new URL(name, import.meta.url)), "utf8");
const [guard, eyes] = [script("guard.js"), script("eyes.js")];
const TYPED = "7";
const DEEPEST = 5;
const DOUBLE_MS = 550;
const NEAR = 40;
const pathOf = (address) => address.split("?")[0].replace(/\/\d+/g, "/:id");
const paramsOf = (address) =>
  [...new URLSearchParams(address.split("?")[1] ?? "")]
    .filter(([, value]) => value)
    .map(([name]) => name)
    .sort();

const NAMED = /^(button|link|menuitem|text|picker|combobox|switch|checkbox)$/;

function shortOf(control, eachRow) {
  const region = control.region ? `[${nameKey(control.region)}] ` : "";
  const own = !control.row || eachRow || (control.alike && NAMED.test(control.role) && isWord(control.name));
  return `${region}${control.role} ${own ? nameKey(control.name) : control.row}`;
}

const chainOf = (path) =>
  path.map(({ role, name, row }) => `${role} “${name.slice(0, 50)}”${row ? ` (${row})` : ""}`).join(" > ");

const areas = { around: "*", toast: "* toast" };
/* Groups of controls that are the same on screens of one kind: pressed on the first, and again on a `whole` one. */
const SHARED = new Set(["web.list.tools", "web.analysis.settings"]);
const pressesAll = () => true;

export class Crawl {
  /* Presses by mouse or by finger; what stands in `pressed`, of whichever crawl, is not pressed again. On a screen that
   * is not `whole` neither is what others of its kind have. */
  constructor({ name, page, user, touch = false, pressed = new Set(), until, whole = pressesAll }) {
    Object.assign(this, { name, page, user, touch, pressed, until, whole });
    this.screens = new Map();
    this.faults = [];
    this.at = "";
    this.outside = 0;
    this.coming = new Set();
    this.anew(name);
  }

  /* As somebody else on the same page: every screen is opened once more, not every setting of it. `led` are addresses
   * that somebody has been led to otherwise. */
  anew(name, seen = [], led = []) {
    this.name = name;
    this.waiting = [];
    this.known = new Set([...seen].filter((each) => each.includes(" ?")));
    for (const address of led) this.note(address);
  }

  async begin() {
    const { page } = this;
    const guarded = this.user ? `window.crawlUser = ${this.user.id};${guard}` : "";
    await page.addInitScript({ content: guarded + eyes });
    listen(page, this);
  }

  fault(kind, what = "") {
    this.faults.push({ kind, text: `${this.at}${what ? `: ${what.slice(0, 300)}` : ""}` });
  }

  late = () => Date.now() > this.until;

  note(address) {
    const path = pathOf(address);
    const names = paramsOf(address).map((name) => `${path} ?${name}`);
    const fresh = [path, ...names].filter((each) => !this.known.has(each));
    for (const each of fresh) this.known.add(each);
    if (fresh.length) this.waiting.push(address);
  }

  async eye(name, ...args) {
    for (let tries = 0; ; tries++)
      try {
        return await this.page.evaluate(([name, args]) => window.crawlEyes[name](...args), [name, args]);
      } catch (error) {
        if (tries > 3 || !/context was destroyed|crawlEyes|navigation/i.test(String(error))) throw error;
        await this.page.waitForLoadState("load").catch(() => undefined);
        await this.page.waitForTimeout(200);
      }
  }

  async settle(pressed = true) {
    let coming;
    do {
      coming = this.coming.size; // what code on its way draws comes after it
      this.last = await this.eye("settled", pressed);
    } while (coming + this.coming.size > 0 && !this.late());
    return this.last;
  }

  /* Where to press a control; a list that is still open over it is shut first. */
  async aim(control, level) {
    const aim = await this.eye("aim", control.id, this.tapped);
    if (!aim?.under) return aim;
    await this.settle();
    await this.shut([aim.under]);
    return (await this.present(level)) ? this.eye("aim", control.id) : null;
  }

  async hit({ x, y }, id) {
    if (this.touch) {
      if (id) await this.eye("begin", id);
      return this.tap({ x, y });
    }
    await this.page.mouse.move(x, y);
    if (id) await this.eye("begin", id); // what lying under the mouse does is no answer to a press
    await this.page.mouse.down();
    return this.page.mouse.up();
  }

  /* Two taps at once on one place are a double tap, which chooses a word, whatever has come under the finger between
   * them. */
  async tap({ x, y }) {
    const { tapped } = this;
    if (tapped && Math.hypot(x - tapped.x, y - tapped.y) < NEAR)
      await this.page.waitForTimeout(Math.max(0, tapped.at + DOUBLE_MS - Date.now()));
    this.tapped = { x, y, at: Date.now() };
    return this.page.touchscreen.tap(x, y);
  }

  /* Goes to an address as a link within the client does. */
  async go(address) {
    await this.eye("nav", address);
    return this.settle(false);
  }

  async run(start = "/") {
    await this.page.goto(start);
    await this.page.waitForSelector("main");
    const { url } = await this.settle(false);
    this.note(url);
    while (this.waiting.length) {
      const address = this.waiting.shift();
      if (this.late()) {
        this.at = `${this.name}: ${address}`;
        this.fault("time");
        continue;
      }
      await this.visit(address).catch((error) => this.again(error));
    }
    return this;
  }

  /* A page that does not answer is a fault, and the others are visited all the same. */
  async again(error) {
    this.fault("error", String(error));
    await this.page.goto("/");
    await this.settle();
  }

  async visit(address) {
    this.at = `${this.name}: ${address}`;
    if (!this.screens.has(pathOf(address))) this.screens.set(pathOf(address), 0);
    const told = await this.go(address);
    if (this.wrong(told)) return;
    await this.noKeys();
    if (told.url !== address) this.note(told.url);
    await this.explore({ address: told.url, prefix: pathOf(told.url), layers: [], path: [] });
  }

  wrong({ broken, wide }) {
    if (broken) this.fault("error", "the screen is broken");
    if (wide) this.fault("wide");
    return broken > 0;
  }

  async noKeys() {
    const key = await this.eye("keyShown");
    if (key) this.fault("error", `a key shows: ${key}`);
  }

  async see(level, follows = true) {
    const { controls, leads } = await this.eye("controls", level.layers, level.eachRow);
    if (follows) for (const address of leads) this.note(address);
    for (const control of controls) {
      control.short = shortOf(control, level.eachRow);
      control.key = `${this.placeOf(control, level)} ${control.short}`;
    }
    return controls;
  }

  placeOf({ area, group }, { layers, prefix }) {
    const key = nameKey(group);
    const shared = !layers.length && SHARED.has(key) && !this.whole(prefix);
    return areas[area] ?? (shared ? `* ${key}` : prefix);
  }

  async explore(level) {
    let before = new Set();
    for (let round = 0; round < 400; round++) {
      if (!(await this.present(level))) return;
      const all = await this.see(level);
      const open = all.filter(({ key }) => !this.pressed.has(key));
      if (!open.length) return;
      if (this.late()) return this.unreached(level, open);
      const next = this.choice(open, before);
      before = new Set(all.map(({ id }) => id));
      this.pressed.add(next.key);
      if (next.away) continue;
      const under = this.last.layers;
      const opened = await this.press(next, level);
      if (level.path.length < DEEPEST) await this.enter(opened, { ...level, path: [...level.path, next], under });
    }
  }

  /* A dialog and the list under its first field open at once: what lies above is gone through first. What opens is
   * known by what opened it, whichever the screen: the same pop-over under the same button is gone through once. */
  async enter(opened, { address, path, under }) {
    const groups = opened.length ? await this.eye("groups", opened) : [];
    for (const [group, layers] of [...groups.entries()].reverse()) {
      const level = { address, prefix: `> ${path.at(-1).short} >`, layers, path, under, group };
      await this.noKeys();
      await this.explore(level);
      await this.leave(level);
    }
  }

  unreached(level, open) {
    for (const key of new Set(open.map((each) => each.key))) {
      this.pressed.add(key);
      this.at = `${this.name}: ${key}`;
      this.fault("time");
    }
  }

  /* First what the last press brought, so that it is met where it stands; of a list a choice that is not chosen yet. */
  choice(open, before) {
    const fresh = open.filter(({ id }) => before.size && !before.has(id));
    const first = (fresh.length ? fresh : open)[0];
    return open.find((each) => each.key === first.key && !each.picked) ?? first;
  }

  async press(control, level) {
    this.at = `${this.name}: ${level.address}: ${chainOf([...level.path, control])}`;
    const path = pathOf(level.address);
    this.screens.set(path, (this.screens.get(path) ?? 0) + 1);
    const aim = await this.aim(control, level);
    const from = this.last;
    if (!aim) return [];
    if (aim.covered) return (this.fault("covered", aim.covered), []);
    this.outside = 0;
    await this.hit(aim, control.id);
    await this.settle();
    let told = await this.answered(control);
    if (!told.did && told.missed) told = (await this.pressAgain(control, level)) ?? told;
    this.judge(control, from, told);
    if (control.role === "text" && told.url === level.address) await this.type(control, level);
    if (told.url !== level.address) await this.moved(told.url, level);
    if (control.role === "option" && pathOf(told.url) !== path) level.eachRow = true; // a list of places
    return told.url.split("?")[0] === level.address.split("?")[0]
      ? told.layers.filter((id) => !from.layers.includes(id))
      : [];
  }

  /* What went from under the press, by something heard of meanwhile, is pressed where it is now, as a person would. */
  async pressAgain(control, level) {
    const aim = await this.aim(control, level);
    if (!aim || aim.covered) return null;
    await this.hit(aim, control.id);
    await this.settle();
    return this.answered(control);
  }

  /* What seems dead is given time: a file is on its way only when the server has made it. */
  async answered(control) {
    const until = Date.now() + (control.file ? 5000 : 500);
    while (!this.last.did && !this.outside && Date.now() < until) {
      await this.page.waitForTimeout(50);
      await this.settle();
    }
    return this.last;
  }

  /* Another screen is gone to later; so is this one with another setting, when that brings something new. */
  async moved(url, level) {
    const path = pathOf(url);
    if (path === pathOf(level.address)) {
      const all = await this.see({ prefix: path, layers: [], path: [] }, false);
      if (!all.some(({ key }) => !this.pressed.has(key)))
        this.known = new Set([...this.known, ...paramsOf(url).map((name) => `${path} ?${name}`)]);
    }
    this.note(url);
  }

  judge(control, from, told) {
    this.wrong(told);
    if (!told.did && !this.outside && control.role !== "chart") this.fault("dead");
    if (told.lost && told.document === from.document && (!from.lost || !/chart|row|option/.test(control.role)))
      this.fault("focus", "nothing has it after the press");
  }

  /* What has been drawn anew since it was pressed, or what is heard of meanwhile has taken the focus from, is pressed
   * once more, as a person would. */
  async type(control, level, again = false) {
    let focused = await this.eye("hasFocus", control.id);
    for (let tries = 0; tries < 40 && !focused; tries++) {
      await this.page.waitForTimeout(50);
      focused = await this.eye("hasFocus", control.id);
    }
    const before = await this.eye("typed", control.id);
    if ((before === undefined || !focused) && !again) {
      const same = (await this.see(level, false)).find(({ key }) => key === control.key);
      const aim = same && (await this.aim(same, level));
      if (!aim || aim.covered) return;
      await this.hit(aim, same.id);
      await this.settle();
      return this.type(same, level, true);
    }
    await this.page.keyboard.type(TYPED);
    const told = await this.settle();
    this.wrong(told);
    if ((await this.eye("typed", control.id)) === before) this.fault("dead", "nothing can be typed");
  }

  async isOpen(level) {
    for (const id of level.layers) if (await this.eye("isOpen", id)) return true;
    return false;
  }

  /* Brings a level back: its address, and what was pressed to open it. */
  async present(level) {
    let told = this.last;
    if (told.url !== level.address) told = await this.back(level.address);
    if (told.broken || told.wide) {
      await this.page.goto(level.address);
      told = await this.settle();
    }
    if (!level.layers.length) {
      if (told.layers.length) await this.shut(told.layers);
      return true;
    }
    if (!(await this.isOpen(level)) && !(await this.reopen(level, told))) return false;
    const above = this.last.layers.filter((id) => !level.layers.includes(id) && !level.under.includes(id));
    if (above.length && level.group === 0) await this.shut(above);
    return this.isOpen(level);
  }

  async reopen(level, told) {
    const parent = { ...level, layers: [], path: [], prefix: pathOf(level.address) };
    if (told.layers.length) await this.shut(told.layers);
    for (const step of level.path) {
      const control = (await this.see(parent)).find(({ key }) => key === step.key);
      const aim = control && (await this.eye("aim", control.id));
      if (!aim || aim.covered) return false;
      level.under = this.last.layers;
      await this.hit(aim);
      const now = await this.settle();
      const groups = await this.eye(
        "groups",
        now.layers.filter((id) => !level.under.includes(id)),
      );
      parent.layers = groups[step === level.path.at(-1) ? level.group : 0] ?? groups.at(-1) ?? [];
      parent.prefix = `> ${step.short} >`;
      if (!parent.layers.length) return false;
    }
    level.layers = parent.layers;
    return true;
  }

  async back(address) {
    if (this.last.layers.length) await this.shut(this.last.layers);
    await this.page.goBack().catch(() => undefined);
    const told = await this.settle(false);
    this.wrong(told);
    return told.url === address ? told : this.go(address);
  }

  /* Leaves what was opened; then it is gone and something has the focus. */
  async leave(level) {
    if (!(await this.isOpen(level))) return;
    this.at = `${this.name}: ${level.address}: left ${chainOf(level.path)}`;
    const told = await this.shut(level.layers);
    if (await this.isOpen(level)) {
      this.fault("shut");
      await this.page.goto(level.address);
      await this.settle();
    } else if (told.lost) this.fault("focus", "nothing has it after closing");
  }

  async shut(layers) {
    for (let tries = 0; tries < layers.length + 1; tries++) {
      if (!layers.some((id) => this.last.layers.includes(id))) break;
      if (this.touch) await this.tapBeside(layers);
      else await this.page.keyboard.press("Escape");
      await this.settle();
    }
    return this.last;
  }

  async tapBeside(layers) {
    const point = await this.eye("outside", layers);
    if (point) return this.tap(point);
    const cross = (await this.eye("controls", layers)).controls.find(({ name }) =>
      /^web\.(close|cancel)$/.test(nameKey(name)),
    );
    const aim = cross && (await this.eye("aim", cross.id));
    if (aim && !aim.covered) await this.tap(aim);
    return undefined;
  }

  of(kind) {
    return [...new Set(this.faults.filter((fault) => fault.kind === kind).map(({ text }) => text))];
  }

  /** The screens that have been opened since it began anew. */
  opened = () => [...this.known].filter((each) => !each.includes(" ?"));

  told() {
    const controls = [...this.screens.values()].reduce((sum, each) => sum + each, 0);
    const each = [...this.screens].map(([path, n]) => `${path} ${n}`).join(", ");
    return `${this.name}: ${this.screens.size} screens, ${controls} controls pressed: ${each}`;
  }
}
