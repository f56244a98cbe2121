// Names of controls as the program's words know them, the same in both languages and for every record.
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const linesOf = (language) =>
  readFileSync(fileURLToPath(new URL(`../../../words/${language}.txt`, import.meta.url)), "utf8")
    .split("\n")
    .flatMap((line) => {
      const [, key, text] = /^(\S+) = (.*)$/.exec(line) ?? [];
      return key ? [[key.replace(/\.(one|few|many|other)$/, ""), text.trim()]] : [];
    });

const lines = ["ru", "en"].flatMap(linesOf);
const exact = new Map(
  lines
    .filter(([, text]) => !text.includes("{"))
    .map(([key, text]) => [text, key])
    .reverse(),
);
const literal = (text) => text.replace(/\{[^}]*\}/g, "").length;
const escaped = (text) => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");

const templates = lines
  .filter(([, text]) => text.includes("{") && literal(text) >= 4)
  .sort((a, b) => literal(b[1]) - literal(a[1]))
  .map(([key, text]) => ({
    key,
    match: new RegExp(
      `^${text
        .split(/\{[^}]*\}/)
        .map(escaped)
        .join("(.*?)")}$`,
      "su",
    ),
    names: text.match(/\{[^}]*\}/g),
  }));

/* What fills a place of a sentence is told apart only where it is a word of the program: "Город: … Изменить". */
function filled({ key, match }, text) {
  const parts = match.exec(text)?.slice(1);
  return parts && `${key}(${parts.map((part) => exact.get(part.trim()) ?? "…").join()})`;
}

export const isWord = (text) => exact.has(text.replace(/\s+/gu, " ").replace(/[*\s]+$/u, ""));

const kept = new Map();

/* "Период: 2026: 1 янв – 27 ноя" is the period, whatever is chosen. */
function plainKey(text) {
  const [label, rest] = [text.split(": ")[0], text.includes(": ")];
  return rest && exact.has(label) ? `${exact.get(label)}: …` : text.replace(/\d+/g, "#");
}

function keyOf(text) {
  const found = exact.get(text) ?? exact.get(text.replace(/[*\s]+$/u, ""));
  if (found) return found;
  const template = templates.find(({ match }) => match.test(text));
  return template ? filled(template, text) : plainKey(text);
}

/** The key of the sentence a name is; what no sentence is stays as it is, but for its figures. */
export function nameKey(text) {
  if (!kept.has(text)) kept.set(text, keyOf(text.replace(/\s+/gu, " ").trim()));
  return kept.get(text);
}
