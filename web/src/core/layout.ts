// The same keys under the other layout: "ktrnhj" is "лектро" of somebody who forgot to switch, "сдшуте" is "client".
const LATIN = "`qwertyuiop[]asdfghjkl;'zxcvbnm,./";
const CYRILLIC = "ёйцукенгшщзхъфывапролджэячсмитьбю.";

const other = new Map<string, string>();
[...LATIN].forEach((key, at) => other.set(key, CYRILLIC[at] ?? key));
[...CYRILLIC].forEach((key, at) => key !== "." && other.set(key, LATIN[at] ?? key));

/** What the text would be under the other layout; undefined where it would be the same, or where letters of both
 * stand in it. */
export function otherLayout(text: string): string | undefined {
  const low = text.toLowerCase();
  if (/[a-z]/.test(low) === /[а-яё]/.test(low)) return undefined;
  return [...low].map((key) => other.get(key) ?? key).join("");
}
