// A product's card: what it sold, to whom, with what margin; each figure opens the sales behind it.
import { claim, holds, same } from "../claims.mjs";
import { openWindow, picture, settled, soundFor } from "../browser.mjs";

const filterOf = (href) => encodeURIComponent(new URL(href, "http://x").searchParams.get("filter"));

export default async function story({ server, browser }) {
  const owner = await server.caller();
  const [alfa, beta] = [
    await owner.post("/api/client", { name: "ООО «Ладога»", kind: "organisation" }),
    await owner.post("/api/client", { name: "ООО «Онега»", kind: "organisation" }),
  ];
  const product = await owner.post("/api/product", { name: "Кабель ВВГ 3×2,5", unit: "м" });
  const today = (await owner.get("/api/session")).firm.today;
  const sell = (client, number, qty, amount, cost) =>
    owner.post("/api/sale", {
      day: today,
      number,
      client_id: client.id,
      kind: "sale",
      lines: [{ product_id: product.id, qty, amount, ...(cost ? { cost } : {}) }],
    });
  await sell(alfa, "К-1", "10", "2000.00", "1500.00");
  await sell(alfa, "К-2", "5", "1000.00", "900.00");
  await sell(beta, "К-3", "1", "250.00", "300.00");
  const { page, faults, close } = await openWindow(browser, server, { as: true });
  await claim("the card says in words what was sold and names the buyers with their margin", async () => {
    await page.goto(`/products/${product.id}`);
    await page.getByText(/продано\sна\s3\s250/u).waitFor();
    const rows = page.getByRole("region", { name: "Кто покупает" }).locator("tbody tr");
    same(await rows.count(), 2, "buyers");
    const first = (await rows.first().innerText()).replace(/\s/gu, "");
    holds(/Ладога.*3000,00.*15.*600,00/u.test(first), `the first buyer: ${first}`);
    await settled(page);
    await soundFor(page, "a product's card");
    await picture(page, "product-sold");
  });
  await claim("each figure opens the sales it is the sum of", async () => {
    const doors = await page.getByRole("region", { name: "Что продано" }).locator("dd a").all();
    holds(doors.length >= 3, `only ${doors.length} doors`);
    for (const door of doors) {
      const { count } = await owner.get(`/api/sale/count?filter=${filterOf(await door.getAttribute("href"))}`);
      same(count, 3, await door.textContent());
    }
    const cell = page.getByRole("region", { name: "Кто покупает" }).locator("tbody tr").first().locator("td a").nth(1);
    const { count, totals } = await owner.get(`/api/sale/count?filter=${filterOf(await cell.getAttribute("href"))}`);
    same(`${count} ${totals.total}`, "2 3000.00", "the sales behind the first buyer");
    await cell.click();
    await page.waitForURL(/\/sales\?/);
    await page.getByText("2 продажи").waitFor();
  });
  await claim("a product that was never sold says so", async () => {
    const idle = await owner.post("/api/product", { name: "Лоток" });
    await page.goto(`/products/${idle.id}`);
    await page.getByText("Этот товар ещё не продавался").waitFor();
  });
  await claim("nothing broke on the way", async () => same(faults.join("; "), "", "the console"));
  await close();
  const phone = await openWindow(browser, server, { as: true, width: 390, height: 844, dark: true });
  await claim("on a phone nothing of it is cut", async () => {
    await phone.page.goto(`/products/${product.id}`);
    await phone.page.getByText(/продано\sна/).waitFor();
    await settled(phone.page);
    await picture(phone.page, "product-sold-phone");
    same(await phone.page.evaluate(() => document.querySelector("main").scrollWidth), 390, "the width of the page");
  });
  await phone.close();
}
