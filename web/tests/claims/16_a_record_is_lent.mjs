// A record is lent to a colleague and taken back, and somebody who is to be away says who stands in.
import { claim, holds, same } from "../claims.mjs";
import { openWindow, picture, settled, soundFor } from "../browser.mjs";
import { Caller, OWNER, startServer } from "../server.mjs";

async function firm(program) {
  const server = await startServer(program);
  const setUp = { token: server.token, firm: server.firm, user: OWNER, example: false };
  await new Caller(server.base).post("/api/setup", setUp);
  const owner = await server.caller();
  const roles = await owner.get("/api/role?limit=200");
  const seller = roles.items.find((role) => role.name === "Менеджер по продажам");
  await owner.post("/api/user", { name: "Борис Орлов", login: "boris", role_id: seller.id, language: "ru" });
  const client = await owner.post("/api/client", { name: "Ромашка", kind: "organisation", state: "existing" });
  const boris = (await owner.get("/api/user?search=" + encodeURIComponent("Борис"))).items[0];
  await owner.post(`/api/user/${boris.id}/password`, { password: OWNER.password });
  return { server, client };
}

/* Typed; the calendar beside it closes as one goes on. */
const typed = async (box, day) => {
  await box.fill(day);
  await box.press("Tab");
};

const pick = async (page, box, name) => {
  await box.click();
  await page.getByRole("option", { name }).click();
};

/* Its words have the room they need. */
const isWhole = (button) => [...button.querySelectorAll("*"), button].every((e) => e.scrollWidth <= e.clientWidth + 1);

export default async function story({ browser, program }) {
  const { server, client } = await firm(program);
  const { page, faults, close } = await openWindow(browser, server, { as: true });
  await claim("a client is lent from its card, and the card says to whom", async () => {
    await page.goto(`/clients/${client.id}`);
    await page.getByRole("button", { name: "Открыть доступ" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByText("Пока открыта только своим.").waitFor();
    await dialog.getByText("Выберите, кому").waitFor();
    await pick(page, dialog.getByRole("combobox", { name: "Кому" }), "Борис Орлов");
    await dialog.getByLabel("работать").check();
    await dialog.getByLabel("Причина").fill("на время отпуска");
    await picture(page, "lending");
    await dialog.getByRole("button", { name: "Открыть", exact: true }).click();
    await dialog.getByText(/Борис Орлов: работа по/).waitFor();
    await dialog.getByText(/на время отпуска/).waitFor();
    await settled(page);
    const taking = dialog.getByRole("button", { name: "Забрать доступ" });
    holds(await taking.evaluate(isWhole), "the button that takes it back is cut");
    await soundFor(page, "lending");
  });
  await claim(
    "it stands below the title: to whom it is lent, and for him until when; he has no button to lend it",
    async () => {
      await page.getByText(/Доступ открыт — Борис Орлов: работа по/).waitFor();
      const his = await openWindow(browser, server, { as: { login: "boris", password: OWNER.password } });
      await his.page.goto(`/clients/${client.id}`);
      await his.page.getByText(/Открыто вам для работы по .* · на время отпуска · открыл доступ: /).waitFor();
      holds((await his.page.getByRole("button", { name: "Открыть доступ" }).count()) === 0, "he cannot lend it on");
      await his.page.getByRole("button", { name: /^Город: .* Изменить$/ }).waitFor();
      const keeper = his.page.getByRole("button", { name: /^Ответственный менеджер: .* Изменить$/ });
      same(await keeper.count(), 0, "whose it is, he does not say, so the field has no pencil");
      await picture(his.page, "lent to him");
      await his.page.setViewportSize({ width: 390, height: 844 });
      await picture(his.page, "lent to him on a phone");
      await his.close();
    },
  );
  await claim("a day that is over is refused at its place", async () => {
    const dialog = page.getByRole("dialog");
    await pick(page, dialog.getByRole("combobox", { name: "Кому" }), "Борис Орлов");
    await dialog.getByLabel("По какой день").fill("01.02.2020");
    await dialog.getByRole("button", { name: "Открыть", exact: true }).click();
    await dialog.getByText("Этот день уже прошёл").waitFor();
  });
  await claim("it is taken back there", async () => {
    const dialog = page.getByRole("dialog");
    await dialog.getByRole("button", { name: "Забрать доступ" }).click();
    await dialog.getByText("Пока открыта только своим.").waitFor();
    await page.keyboard.press("Escape");
  });
  await claim("whoever is to be away says who stands in for him", async () => {
    await page.goto("/settings/absences");
    await page.getByText("Отметьте отпуск или болезнь").waitFor();
    await page.getByRole("button", { name: "Новое отсутствие" }).first().click();
    const dialog = page.getByRole("dialog");
    await settled(page);
    same(await page.getByRole("option").count(), 0, "people that nobody asked for");
    const [from, until] = [dialog.getByLabel(/^С( \*)?$/), dialog.getByLabel(/^По( \*)?$/)];
    for (const each of [from, until]) await each.waitFor();
    await settled(page);
    same((await from.boundingBox())?.y, (await until.boundingBox())?.y, "the heights of the two days");
    await typed(dialog.getByLabel(/^С( \*)?$/), "09.03.2026");
    await typed(dialog.getByLabel(/^По( \*)?$/), "06.03.2026");
    await pick(page, dialog.getByRole("combobox", { name: "Кто замещает" }), "Борис Орлов");
    await picture(page, "absence");
    await dialog.getByRole("button", { name: "Сохранить" }).click();
    await dialog.getByText("Отсутствие заканчивается раньше, чем начинается").waitFor();
    await typed(dialog.getByLabel(/^По( \*)?$/), "16.03.2026");
    await dialog.getByRole("button", { name: "Сохранить" }).click();
    await dialog.waitFor({ state: "detached" });
    await page.getByText("Борис Орлов").first().waitFor();
    await picture(page, "absences");
    await settled(page);
    await soundFor(page, "absences");
    const phone = await openWindow(browser, server, { width: 390, height: 800, touch: true, as: true });
    await phone.page.goto("/settings/absences");
    await phone.page.getByText("замещает Борис Орлов").waitFor();
    await picture(phone.page, "absences-phone");
    await phone.page.getByText("замещает Борис Орлов").click();
    await phone.page.getByRole("heading", { name: /: отпуск 09\.03\.2026–16\.03\.2026/ }).waitFor();
    await phone.close();
  });
  holds(!faults.length, `nothing throws: ${faults.join("; ")}`);
  await close();
  await server.stop();
}
