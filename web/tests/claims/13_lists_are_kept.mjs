// A list is kept under a name: its address says all of it, it is shared, changed, opened first, and deleted with a way
// back.
import { claim, holds, same } from "../claims.mjs";
import { openWindow, picture, settled, soundFor } from "../browser.mjs";
import { Caller, OWNER, startServer } from "../server.mjs";

async function firm(program) {
  const server = await startServer(program);
  const setUp = { token: server.token, firm: server.firm, user: OWNER, example: false };
  await new Caller(server.base).post("/api/setup", setUp);
  const owner = await server.caller();
  for (const [name, city] of [
    ["Альфа", "Омск"],
    ["Бета", "Омск"],
    ["Гамма", "Пермь"],
  ])
    await owner.post("/api/client", { name, city, kind: "organisation", state: "existing" });
  return server;
}

const strip = (page) => page.getByRole("navigation", { name: "Сохранённые списки" });
const done = (page, text) => page.getByText(text).first().waitFor();

export default async function story({ browser, program }) {
  const server = await firm(program);
  const { page, faults, close } = await openWindow(browser, server, { as: true });
  const omsk = encodeURIComponent(JSON.stringify({ field: "city", op: "is", value: "Омск" }));
  await claim("what a list shows is kept under a name, and the address names it", async () => {
    await page.goto(`/clients?filter=${omsk}`);
    await page.getByText("2 клиента").waitFor();
    await page.getByRole("button", { name: "Сохранить список…" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByRole("button", { name: "Сохранить" }).click();
    await dialog
      .getByText(/заполните|Укажите|обязательн/i)
      .first()
      .waitFor();
    await dialog.getByLabel("Название").fill("Омские");
    await dialog.getByRole("button", { name: "Сохранить" }).click();
    await done(page, "Список «Омские» сохранён");
    await strip(page).getByRole("link", { name: "Омские", exact: true }).waitFor();
    holds(/view=\d+/.test(page.url()), page.url());
    await settled(page);
    await soundFor(page, "a list with kept lists");
    await picture(page, "kept-lists");
  });
  await claim("all records are one press away, and so is the kept list", async () => {
    await strip(page).getByRole("link", { name: "Все", exact: true }).click();
    await page.getByText("3 клиента").waitFor();
    await strip(page).getByRole("link", { name: "Омские", exact: true }).click();
    await page.getByText("2 клиента").waitFor();
    same(await strip(page).locator("[aria-current]").textContent(), "Омские", "what is seen");
  });
  await claim("its short address shows the same", async () => {
    const view = /view=(\d+)/.exec(page.url())[1];
    await page.goto(`/clients?view=${view}`);
    await page.getByText("2 клиента").waitFor();
    await page.waitForURL(/filter=/);
  });
  await claim("what was altered is kept when one says so, and stays altered until then", async () => {
    await page.getByRole("button", { name: /^Убрать условие: Город/ }).click();
    await page.getByText("3 клиента").waitFor();
    await page.reload();
    await page.getByText("3 клиента").waitFor();
    await page.getByRole("button", { name: "Сохранить изменения" }).click();
    await done(page, "Список «Омские» сохранён");
    await page.getByRole("button", { name: "Сохранить изменения" }).waitFor({ state: "detached" });
  });
  await claim("it is given another name and shared with everybody", async () => {
    await page.getByRole("button", { name: "Что сделать со списком «Омские»" }).click();
    await page.getByRole("menuitem", { name: "Название и доступ…" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByLabel("Название").fill("Сибирь");
    await dialog.getByRole("textbox", { name: "Кому виден" }).click();
    await page.getByRole("option", { name: "всем" }).click();
    await picture(page, "kept-list-shared");
    await dialog.getByRole("button", { name: "Сохранить" }).click();
    await strip(page).getByRole("link", { name: "Сибирь" }).waitFor();
  });
  await claim("it opens first where that is wished", async () => {
    await page.getByRole("button", { name: "Что сделать со списком «Сибирь»" }).click();
    await page.getByRole("menuitem", { name: "Открывать этот список первым" }).click();
    await page.goto("/products");
    await page.goto("/clients");
    await page.waitForURL(/view=\d+/);
    await strip(page).getByRole("link", { name: "Все", exact: true }).click();
    await page.waitForURL(/view=all/);
  });
  await claim("a deleted list comes back by one press", async () => {
    await strip(page).getByRole("link", { name: "Сибирь" }).click();
    await page.getByRole("button", { name: "Что сделать со списком «Сибирь»" }).click();
    await page.getByRole("menuitem", { name: "Удалить список" }).click();
    await done(page, "Список «Сибирь» удалён");
    await strip(page).getByRole("link", { name: "Сибирь" }).waitFor({ state: "detached" });
    await page.getByRole("button", { name: "Отменить" }).first().click();
    await strip(page).getByRole("link", { name: "Сибирь" }).waitFor();
  });
  await claim(
    "however many are kept, the way to all records stays in sight, and a long name ends in dots",
    async () => {
      const owner = await server.caller();
      const name = "Омские клиенты, которых давно никто не навещал и о которых пора вспомнить";
      await owner.post("/api/view", { name, entity: "client", shared: "mine" });
      for (let n = 1; n < 9; n++)
        await owner.post("/api/view", { name: `Список на каждый день ${n}`, entity: "client", shared: "mine" });
      await page.goto("/clients?view=all");
      const [first, long, last] = [
        strip(page).getByRole("link", { name: "Все", exact: true }),
        strip(page).getByRole("link", { name }),
        strip(page).getByRole("link", { name: "Список на каждый день 8" }),
      ];
      await last.scrollIntoViewIfNeeded();
      await picture(page, "kept-lists-many");
      const at = await first.boundingBox();
      holds(
        at.x > 0 &&
          (await first.evaluate((link) =>
            link.contains(
              document.elementFromPoint(link.getBoundingClientRect().x + 9, link.getBoundingClientRect().y + 9),
            ),
          )),
        "«Все» is covered or away",
      );
      holds((await long.boundingBox()).width < 320, "a name is as long as it likes");
    },
  );
  await close();
  await claim("nothing broke meanwhile", async () => same(faults.join("\n"), "", "faults"));
  await server.stop();
}
