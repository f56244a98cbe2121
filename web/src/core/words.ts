// The words of the program: the server's list of keys in the reader's language, and the right plural form of each.
import { numberFormat } from "@/core/formats";

export type Language = "ru" | "en";
export type Args = Record<string, string | number>;

let words: Record<string, string> = {};
let language: Language = "ru";
let forms = new Intl.PluralRules(language);

export const spoken = () => language;

export function speak(next: Language, list: Record<string, string>) {
  words = list;
  language = next;
  forms = new Intl.PluralRules(next);
  document.documentElement.lang = next;
}

/* {name} is the argument; {name|client|clients} the form its number asks for, in Russian of three:
 * {n|клиент|клиента|клиентов}. */
const fill = (text: string, args: Args = {}) =>
  text.replace(/\{(\w+)((?:\|[^|{}]*)*)\}/g, (whole, name: string, rest: string) => {
    const value = args[name];
    if (value === undefined) return whole;
    return rest ? formOf(rest.slice(1).split("|"), Number(value)) : String(value);
  });

function formOf(texts: string[], n: number) {
  const form = forms.select(n);
  return (form === "one" ? texts[0] : form === "few" ? texts[1] : undefined) ?? texts.at(-1) ?? "";
}

/** The text of a key; an unknown key shows itself, so that it is noticed. */
export const t = (key: string, args?: Args) => fill(words[key] ?? key, args);

export const known = (key: string) => key in words;

/** A sentence as it is set: it begins with a capital; short words stay with the next one, a dash and a unit with the
 * one before. */
export const sentence = (text: string) =>
  (text.charAt(0).toUpperCase() + text.slice(1))
    .replace(/ (?=[—–])/g, "\u00a0")
    .replace(/(?<=(?:^|[\s(])[\p{L}]{1,2}) /gu, "\u00a0")
    .replaceAll("из-за", "из\u2011за");

/** The plural form that fits n: `key.one`, `key.few`, `key.many` or `key.other`; {n} is the number as people write
 * it. */
export function tn(key: string, n: number, args?: Args) {
  const text = words[`${key}.${forms.select(n)}`] ?? words[`${key}.other`] ?? words[`${key}.many`] ?? key;
  return fill(text, {
    n: numberFormat(language, {})
      .format(n)
      .replace(/\u00a0/g, "\u202f"),
    ...args,
  });
}
