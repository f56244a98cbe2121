// What stands on the margin of each sheet of paper: the firm, what is printed, on which day, and which sheet of how
// many.
import { t } from "@/core/words";

/* A sheet of its own: no style may come in as text. */
const rules = new CSSStyleSheet();
document.adoptedStyleSheets.push(rules);

const quoted = (text: string) => `"${text.replace(/["\\]/g, "\\$&").replace(/\s+/g, " ")}"`;

/* "Стр. {page} из {pages}": the browser counts. */
const counted = (text: string) =>
  text
    .split(/(\{pages?\})/)
    .filter(Boolean)
    .map((part) => (/^\{pages?\}$/.test(part) ? `counter(${part.slice(1, -1)})` : quoted(part)))
    .join(" ");

interface Margins {
  firm: string;
  title: string;
  day: string;
}

export function paperSays({ firm, title, day }: Margins) {
  const look = "color: #444; font: 8pt sans-serif; vertical-align: middle;";
  rules.replaceSync(`@page {
    @top-left { content: ${quoted(firm)}; ${look} }
    @top-right { content: ${quoted(title)}; ${look} }
    @bottom-left { content: ${quoted(t("web.print.day", { day }))}; ${look} }
    @bottom-right { content: ${counted(t("web.print.page"))}; ${look} }
  }`);
}
