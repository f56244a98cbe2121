// The real server on a base of its own, which goes when the tests end.
import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

export const OWNER = { login: "owner", password: "sbyt-ural-2026", name: "Ольга Соловьёва" };
const FIRM = { name: "Уральская торговая компания", currency: "RUB", zone: "Asia/Yekaterinburg", language: "ru" };

async function addressOf(process) {
  let said = "";
  for await (const piece of process.stdout) {
    said += piece;
    const found = /(http:\/\/\S+?)\/#token=(\S+)/.exec(said);
    if (found) return { base: found[1], token: found[2] };
  }
  throw new Error(`the server ended before it said its address: ${said}`);
}

/** Someone who asks the server as a program would: a cookie, and the headers a write needs. */
export class Caller {
  constructor(base) {
    this.base = base;
    this.cookie = "";
  }

  async ask(method, path, body, headers = {}) {
    const response = await fetch(this.base + path, {
      method,
      headers: {
        "X-Sbyt": "1",
        "Sec-Fetch-Site": "same-origin",
        Cookie: this.cookie,
        ...(body === undefined ? {} : { "Content-Type": "application/json" }),
        ...headers,
      },
      body: body === undefined ? undefined : JSON.stringify(body),
    });
    const cookie = response.headers.get("set-cookie");
    if (cookie) this.cookie = cookie.split(";")[0];
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text.slice(0, 300)}`);
    return text ? JSON.parse(text) : {};
  }

  get = (path) => this.ask("GET", path);
  post = (path, body) => this.ask("POST", path, body);
  async patch(path, values) {
    const { version } = await this.get(path);
    return this.ask("PATCH", path, values, { "If-Match": `"${version}"` });
  }
}

export async function startServer(program) {
  const folder = mkdtempSync(join(tmpdir(), "sbyt-web-"));
  const child = spawn(program, ["serve", "--data", folder, "--listen", "127.0.0.1:0", "--no-backup"], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const { base, token } = await addressOf(child);
  child.stdout.resume();
  const stop = async () => {
    const ended = new Promise((done) => child.once("exit", done));
    child.kill("SIGTERM");
    await ended;
    rmSync(folder, { recursive: true, force: true });
  };
  const caller = async ({ login, password } = OWNER) => {
    const one = new Caller(base);
    await one.post("/api/session", { login, password });
    return one;
  };
  return { base, token, folder, firm: FIRM, stop, caller };
}

/** A server whose firm is the example: set up, loaded, and its facts read. */
export async function startExample(program) {
  const server = await startServer(program);
  const first = new Caller(server.base);
  await first.post("/api/setup", { token: server.token, firm: FIRM, user: OWNER, example: true });
  for (let state = ""; state !== "done"; { state } = await first.get("/api/example"))
    await new Promise((done) => setTimeout(done, 200));
  return server;
}
