// What the crawler hears of a page from outside: requests, files, choosers of files, windows, errors, code on its way.
const sample = {
  name: "clients.csv",
  mimeType: "text/csv",
  buffer: Buffer.from("Название;ИНН;Город\nООО «Проба»;7707083893;Пермь\n"),
};

const isCode = (request) => request.resourceType() === "script";

/** Counts in `crawl.outside` what answers a press though it changes no element, in `crawl.coming` code on its way. */
export function listen(page, crawl) {
  const answers = (event, then) =>
    page.on(event, (what) => {
      crawl.outside++;
      Promise.resolve(then(what)).catch(() => undefined);
    });
  answers("request", (request) => isCode(request) && crawl.coming.add(request));
  answers("download", (file) => file.cancel());
  answers("filechooser", (chooser) => chooser.setFiles(sample));
  answers("popup", (other) => other.close());
  answers("dialog", (asks) => asks.accept());
  for (const end of ["requestfinished", "requestfailed"]) page.on(end, (request) => crawl.coming.delete(request));
  const isFault = (text) => !/Failed to load resource/.test(text); // a refused request is told by the screen
  page.on("console", (message) => {
    if (message.type() === "error" && isFault(message.text())) crawl.fault("error", message.text());
  });
  page.on("pageerror", (error) => crawl.fault("error", String(error)));
  page.on("response", (response) => {
    if (response.status() >= 500) crawl.fault("error", `${response.status()} ${response.url()}`);
  });
}
