// Where somebody has edited what came ready-made, the next file is offered beside what stands: taken by mouse, left by
// keys, in both languages, on a phone too.
import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { claim, holds, same } from "../claims.mjs";
import { openWindow, picture, soundFor } from "../browser.mjs";
import { Caller, OWNER, startServer } from "../server.mjs";

/** Two rights of the seller's, of which one goes further than before and one is new. */
const NEXT = {
  role: [{ key: "role.sales_manager", rights: ["client: view add change export = team", "sale: view = all"] }],
};

export default async function story({ browser, program }) {
  const server = await startServer(program);
  await new Caller(server.base).post("/api/setup", { token: server.token, firm: server.firm, user: OWNER });
  const owner = await server.caller();
  const { page, faults, close } = await openWindow(browser, server, { as: true });
  const offers = page.getByRole("region", { name: "Предложено новой версией" });
  const seller = async () => {
    const { items } = await owner.get("/api/role?limit=200");
    return owner.get(`/api/role/${items.find(({ name_key: key }) => key === "role.sales_manager").id}`);
  };
  const reach = async (entity, verb) =>
    (await seller()).rights.find((right) => right.entity === entity && right.verb === verb)?.scope;
  await claim("where nothing is offered, nothing is said of it", async () => {
    await page.goto("/people/roles");
    await page.getByRole("heading", { name: "Что изменилось в ролях" }).waitFor();
    same(await offers.count(), 0, "offers");
  });
  await claim("what somebody has edited is offered beside what stands", async () => {
    const { id, rights } = await seller();
    await owner.patch(`/api/role/${id}`, { rights: rights.filter(({ verb }) => verb !== "export") });
    const file = join(server.folder, "next.json");
    writeFileSync(file, JSON.stringify(NEXT));
    same(spawnSync(program, ["seed", file, "--data", server.folder]).status, 0, "the command");
    await page.reload();
    const clients = offers.getByRole("listitem").filter({ hasText: "Менеджер по продажам · Клиенты" });
    await clients.getByRole("row", { name: /видеть свои; скрыто: .* команды/ }).waitFor();
    await clients.getByRole("row", { name: /выгружать нет команды/ }).waitFor();
    same(await reach("client", "view"), "own", "what stands");
    await soundFor(page, "what is offered");
    await picture(page, "offers");
  });
  await claim("it is taken", async () => {
    await page.getByRole("button", { name: "Принять: Менеджер по продажам · Клиенты" }).click();
    await page.getByText("Принято", { exact: true }).waitFor();
    same(await reach("client", "view"), "team", "what stands");
    same(await reach("client", "export"), "team", "what was taken away");
  });
  await claim("in English, on a phone, nothing is cut off, and it is left by keys", async () => {
    const { user } = await owner.get("/api/session");
    await owner.patch(`/api/user/${user.id}`, { language: "en" });
    const phone = await openWindow(browser, server, { width: 390, height: 844, touch: true, as: true });
    await phone.page.goto("/people/roles");
    const leave = phone.page.getByRole("button", { name: /^Leave as it is: / });
    await leave.waitFor();
    await picture(phone.page, "offers-phone");
    holds(await phone.page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), "it scrolls sideways");
    await soundFor(phone.page, "what is offered, on a phone");
    await leave.focus();
    await phone.page.keyboard.press("Enter");
    await leave.waitFor({ state: "hidden" });
    same(await reach("sale", "view"), "own", "what stands");
    same((await owner.get("/api/seed")).items.length, 0, "what is offered");
    same(phone.faults.join("; "), "", "the console");
    await phone.close();
  });
  await claim("nothing broke on the way", async () => same(faults.join("; "), "", "the console"));
  await close();
  await server.stop();
}
