// Addresses as nobody means them, made of those the crawl has met: each place for a number and each parameter holds in
// turn what it never should.
import { Crawl } from "./crawl.mjs";

const values = [
  "0",
  "-1",
  "9".repeat(30),
  "1.5e3",
  "abc",
  "null",
  "[]",
  '{"all":null}',
  '[{"field":"nothing","op":"is","value":{}}]',
  "2026-02-30",
  "9999-99-99",
  "<b>&",
  "я".repeat(3000),
];
const raw = ["%", "%E0%A4%A", "%00", "..%2F..", "-"];

/* What is longer the server refuses before it is read. */
const TAKEN = 16000;

/* In each address all parameters are odd, none as the one beside it. */
const query = (names, at) =>
  names.map((name, n) => `${encodeURIComponent(name)}=${encodeURIComponent(values[(at + n) % values.length])}`);

export function nonsense(known) {
  const all = [...known];
  const places = all.filter((each) => !each.includes(" ?"));
  const addresses = places.flatMap((place, nth) => {
    const names = all.filter((each) => each.startsWith(`${place} ?`)).map((each) => each.split(" ?")[1]);
    const odd = place.includes(":id") || names.length ? values : values.slice(0, 1);
    const told = odd.flatMap((value, at) => {
      if (odd.length > 1 && (at + nth) % 2) return []; // the next place has the others
      const path = place.replaceAll(":id", encodeURIComponent(value));
      return [`${path}?${query([...names, "nothing"], at).join("&")}`];
    });
    return [...told, ...raw.map((each) => `${place.replaceAll(":id", each)}/${each}?${names[0] ?? "a"}=${each}`)];
  });
  return [...new Set(addresses)];
}

/** Goes to each of them as a link does, and to some as a bookmark does; says what broke. */
export class Astray extends Crawl {
  async run(addresses) {
    await this.page.goto("/");
    await this.page.waitForSelector("main");
    for (const address of addresses) await this.meet(address, () => this.go(address));
    const begun = addresses.filter((each) => each.length < TAKEN).filter((_, at) => at % 20 === 0);
    for (const address of begun) await this.meet(address, () => this.load(address));
    this.count = addresses.length + begun.length;
    return this;
  }

  async load(address) {
    await this.page.goto(address);
    return this.settle(false);
  }

  /* A part of the program may still be on its way. */
  async saysSomething() {
    for (const began = Date.now(); Date.now() - began < 4000; await this.page.waitForTimeout(100))
      if (await this.eye("says")) return true;
    return false;
  }

  async meet(address, go) {
    this.at = `${this.name}: ${address.slice(0, 200)}`;
    if (this.late()) return this.fault("time");
    const told = await go().catch((error) => this.again(error));
    if (!told) return undefined;
    if (!(await this.saysSomething())) this.fault("error", "the screen is blank");
    await this.noKeys();
    return this.wrong(told) && (await this.page.goto("/"));
  }
}
