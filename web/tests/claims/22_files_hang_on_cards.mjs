// Files on the cards of records: sent, looked at, described, put away, and handed to somebody outside.
import { claim, holds, same } from "../claims.mjs";
import { openWindow, picture, settled, soundFor } from "../browser.mjs";

/* One red point, and a page of 200 by 100. */
const PNG = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==",
  "base64",
);
const PDF = Buffer.from(
  "%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj 2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj " +
    "3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 100]>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF",
);
const shop = { name: "витрина.png", mimeType: "image/png", buffer: PNG };
const contract = { name: "договор.pdf", mimeType: "application/pdf", buffer: PDF };
const evil = { name: "прайс.html", mimeType: "text/html", buffer: Buffer.from("<script>document.title='x'</script>") };

export default async function story({ server, browser }) {
  const owner = await server.caller();
  const client = await owner.post("/api/client", { name: "ООО «Приложение»", kind: "organisation" });
  const { page, faults, close } = await openWindow(browser, server, { as: true });
  const section = page.getByRole("region", { name: "Файлы" });
  const line = (name) => section.getByRole("listitem").filter({ hasText: name });
  const deed = async (name, what) => {
    await section.getByRole("button", { name: `Что сделать с файлом «${name}»` }).click();
    await page.getByRole("menuitem", { name: what }).click();
  };
  await claim("a card without files says what to do", async () => {
    await page.goto(`/clients/${client.id}`);
    await section.getByText(/Файлов пока нет/).waitFor();
    await picture(page, "files-none");
  });
  await claim("several files are sent at once and stand on the card", async () => {
    await section.locator("input[type=file][multiple]").setInputFiles([shop, contract, evil]);
    for (const { name } of [shop, contract, evil]) await line(name).waitFor();
    await settled(page);
    same((await owner.get(`/api/attachment/count?filter=${about(client)}`)).count, 3, "files that are kept");
    await soundFor(page, "files");
    await picture(page, "files");
  });
  await claim("a picture is shown in its place, and a page of a PDF is drawn", async () => {
    holds(await line("витрина.png").locator("img").evaluate(isDrawn), "the small picture is not drawn");
    await line("витрина.png").getByRole("button", { name: "витрина.png", exact: true }).click();
    const large = page.getByRole("dialog").getByRole("img", { name: "витрина.png" });
    await large.waitFor();
    holds(await large.evaluate(isDrawn), "the picture is not drawn");
    await page.keyboard.press("Escape");
    await line("договор.pdf").getByRole("button", { name: "договор.pdf", exact: true }).click();
    const drawn = page.getByRole("dialog").getByRole("img", { name: "Страница 1" });
    await drawn.waitFor();
    holds(await drawn.evaluate(isDrawn), "the page is not drawn");
    await soundFor(page, "a page of a PDF");
    await picture(page, "files-pdf");
    await page.keyboard.press("Escape");
  });
  await claim("what could run is only saved", async () => {
    same(
      await line("прайс.html").getByRole("button", { name: "прайс.html", exact: true }).count(),
      0,
      "a way to look at it",
    );
    const saving = page.waitForEvent("download");
    await line("прайс.html").getByRole("link", { name: "прайс.html" }).click();
    same((await saving).suggestedFilename(), "прайс.html", "what it is saved as");
  });
  await claim("a file dropped anywhere on the card is taken, and elsewhere the page stays", async () => {
    await page.getByRole("heading", { level: 1 }).evaluate(dropOn);
    await line("сброшен.txt").waitFor();
    await page.goto("/clients");
    await page.getByRole("heading", { level: 1 }).waitFor();
    holds(await page.getByRole("heading", { level: 1 }).evaluate(dropOn), "the browser would open the file");
    await page.goto(`/clients/${client.id}`);
    await line("сброшен.txt").waitFor();
  });
  await claim("it is renamed and described", async () => {
    await deed("договор.pdf", "Переименовать, описать");
    const dialog = page.getByRole("dialog");
    await dialog.getByLabel("Название").fill("Договор 7.pdf");
    await dialog.getByRole("textbox", { name: "Вид" }).click();
    await page.getByRole("option", { name: "скан" }).click();
    await dialog.getByLabel("Примечание").fill("подписан обеими сторонами");
    await dialog.getByRole("button", { name: "Сохранить" }).click();
    await line("Договор 7.pdf").getByText("подписан обеими сторонами").waitFor();
    await line("Договор 7.pdf").getByText(/скан/).waitFor();
  });
  await claim("put away it comes back with one press", async () => {
    await deed("прайс.html", "В архив");
    await line("прайс.html").waitFor({ state: "detached" });
    await page.getByRole("button", { name: "Отменить" }).click();
    await line("прайс.html").waitFor();
  });
  await claim("a link lets somebody outside fetch it, and ends", async () => {
    await deed("Договор 7.pdf", "Ссылки наружу");
    const dialog = page.getByRole("dialog");
    await dialog.getByRole("button", { name: "Создать ссылку" }).click();
    const address = await dialog.getByLabel("Адрес ссылки").inputValue();
    await soundFor(page, "a link outside");
    await picture(page, "files-link");
    const outside = await openWindow(browser, server, { width: 390, height: 700 });
    await outside.page.goto(address);
    await soundFor(outside.page, "the page behind a link");
    await picture(outside.page, "files-outside");
    const saving = outside.page.waitForEvent("download");
    await outside.page.getByRole("button", { name: "Скачать" }).click();
    same((await saving).suggestedFilename(), "Договор 7.pdf", "what it is saved as");
    await dialog.getByRole("button", { name: "Завершить" }).click();
    await dialog.getByText(/Завершена/).waitFor();
    await dialog.getByRole("button", { name: "Создать ссылку" }).waitFor();
    same(await dialog.getByLabel("Адрес ссылки").count(), 0, "an address that leads nowhere");
    await outside.page.goto(address);
    await outside.page.getByText("Ссылка не действует").waitFor();
    await outside.close();
    await page.keyboard.press("Escape");
    await line("Договор 7.pdf")
      .getByText(/выдавался по ссылке/)
      .waitFor();
  });
  await claim("a file that is not taken says why and can be put away", async () => {
    await owner.ask("PATCH", "/api/import/room", { person_mb: 1 });
    const large = { name: "запись.wav", mimeType: "audio/wav", buffer: Buffer.alloc(1_100_000, 1) };
    await section.locator("input[type=file][multiple]").setInputFiles([large]);
    await section
      .getByRole("alert")
      .getByText(/не помещаются/)
      .waitFor();
    await section.getByRole("button", { name: "Закрыть" }).click();
    same(await section.getByText("запись.wav").count(), 0, "the line of what was not taken");
    await owner.ask("PATCH", "/api/import/room", { person_mb: 3000 });
  });
  await claim("on a phone one can take a photo, in the dark too", async () => {
    const phone = await openWindow(browser, server, { width: 390, height: 800, touch: true, dark: true, as: true });
    await phone.page.goto(`/clients/${client.id}`);
    await phone.page.getByRole("region", { name: "Файлы" }).getByRole("button", { name: "Сфотографировать" }).waitFor();
    await settled(phone.page);
    await soundFor(phone.page, "files on a phone");
    await phone.page.getByRole("region", { name: "Файлы" }).scrollIntoViewIfNeeded();
    await picture(phone.page, "files-phone-dark");
    same(phone.faults.join("; "), "", "the console of the phone");
    await phone.close();
  });
  await claim("nothing broke on the way", async () => same(faults.join("; "), "", "the console"));
  await close();
}

const about = (client) =>
  encodeURIComponent(JSON.stringify({ field: "about", op: "is", value: `client:${client.id}` }));

/* Was the browser kept from opening it? */
const dropOn = (element) => {
  const dataTransfer = new DataTransfer();
  dataTransfer.items.add(new File(["слова"], "сброшен.txt", { type: "text/plain" }));
  const told = ["dragover", "drop"].map((name) =>
    element.dispatchEvent(new DragEvent(name, { dataTransfer, bubbles: true, cancelable: true })),
  );
  return told.every((goesOn) => !goesOn);
};

const isDrawn = async (image) => {
  await image.decode();
  return image.naturalWidth > 0;
};
