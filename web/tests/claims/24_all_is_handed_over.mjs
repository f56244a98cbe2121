// All that a person holds goes to others from his card: shown before, done, given back; a dismissal closes the door.
import { claim, holds } from "../claims.mjs";
import { openWindow, picture, settled, soundFor } from "../browser.mjs";
import { Caller, OWNER, startServer } from "../server.mjs";

async function firm(program) {
  const server = await startServer(program);
  const setUp = { token: server.token, firm: server.firm, user: OWNER, example: false };
  await new Caller(server.base).post("/api/setup", setUp);
  const owner = await server.caller();
  const roles = await owner.get("/api/role?limit=200");
  const seller = roles.items.find((role) => role.name === "Менеджер по продажам");
  const people = {};
  for (const [login, name] of Object.entries({ boris: "Борис Орлов", anna: "Анна Ким", vera: "Вера Юн" }))
    people[login] = await owner.post("/api/user", { name, login, role_id: seller.id, language: "ru" });
  for (const name of ["Ромашка", "Лютик", "Пион"])
    await owner.post("/api/client", { name, city: "Омск", keeper_id: people.boris.id });
  return { server, owner, people };
}

const pick = async (page, box, name) => {
  await box.click();
  await page.getByRole("option", { name }).click();
};

export default async function story({ browser, program }) {
  const { server, owner, people } = await firm(program);
  const { page, faults, close } = await openWindow(browser, server, { as: true });
  await claim("who would get how much is shown before anything is written", async () => {
    await page.goto(`/people/users/${people.boris.id}`);
    await page.getByRole("button", { name: "Передать всё" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByLabel("Как разделить").first().click();
    await page.getByRole("option", { name: "Поровну по выручке за год" }).click();
    await pick(page, dialog.getByRole("combobox", { name: "Кому" }), "Анна Ким");
    await pick(page, dialog.getByRole("combobox", { name: "Кому" }), "Вера Юн");
    await dialog.getByRole("row", { name: /Анна Ким 2/ }).waitFor();
    await dialog.getByRole("row", { name: /Вера Юн 1/ }).waitFor();
    await settled(page);
    await picture(page, "handing over");
    await soundFor(page, "handing over");
    await page.setViewportSize({ width: 390, height: 844 });
    await settled(page);
    await picture(page, "handing over on a phone");
    await page.setViewportSize({ width: 1280, height: 800 });
    const his = JSON.stringify({ field: "keeper_id", op: "is", value: people.boris.id });
    const { count } = await owner.get(`/api/client/count?filter=${encodeURIComponent(his)}`);
    holds(count === 3, "nothing is written");
  });
  await claim("it is done by keys, stands on his card with who got what, and goes back", async () => {
    const dialog = page.getByRole("dialog");
    await dialog.getByRole("button", { name: "Передать", exact: true }).focus();
    await page.keyboard.press("Enter");
    await page.getByText(/Анна Ким: Клиенты 2/).waitFor();
    await page.getByText(/Вера Юн: Клиенты 1/).waitFor();
    await settled(page);
    await picture(page, "handed over");
    await page.getByRole("button", { name: "Вернуть", exact: true }).click();
    await page.getByText(/Борис Орлов: Клиенты 3/).waitFor();
    await page.getByText("Возвращено", { exact: true }).waitFor();
    await soundFor(page, "handed over");
  });
  await claim("whoever is dismissed is out, and nothing is left with him", async () => {
    await page.getByRole("button", { name: "Передать всё" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByLabel("Увольнение").check();
    await pick(page, dialog.getByRole("combobox", { name: "Кому" }), "Анна Ким");
    await dialog.getByRole("button", { name: "Уволить и передать" }).click();
    await page.getByText(/уволен, всё передано/).waitFor();
    await page.getByText(/Анна Ким: Клиенты 3/).waitFor();
    const boris = await owner.get(`/api/user/${people.boris.id}`);
    holds(boris.blocked === true, "he is blocked");
  });
  await claim("what was handed over leads to where those clients have stopped, for whoever took them", async () => {
    const line = page.getByRole("listitem").filter({ hasText: /уволен, всё передано|Анна Ким: Клиенты 3/ });
    await line.getByRole("link", { name: "Где остановились" }).first().click();
    await page.waitForURL(new RegExp(`/standing\\?whose=${people.anna.id}$`));
    await page.getByRole("link", { name: "Ромашка" }).waitFor();
  });
  await claim("so does the row of whoever works here", async () => {
    await page.goto("/people");
    await page.getByRole("button", { name: "Действия: Анна Ким" }).click();
    await page.getByRole("menuitem", { name: "Где остановились" }).click();
    await page.waitForURL(new RegExp(`/standing\\?whose=${people.anna.id}$`));
    await page.goBack();
    await page.waitForURL(/\/people$/);
    await page.getByRole("button", { name: "Действия: Анна Ким" }).waitFor();
  });
  holds(!faults.length, `nothing throws: ${faults.join("; ")}`);
  await close();
  await server.stop();
}
