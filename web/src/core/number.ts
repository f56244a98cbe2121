// How figures are written: exact decimals stay text, thousands are parted by a narrow space, signs follow the reader's
// language.
import { numberFormat } from "@/core/formats";
import { spoken, t } from "@/core/words";

const NARROW = "\u202f";
const MINUS = "\u2212";
const SIGNS: Record<string, string> = { RUB: "₽", USD: "$", EUR: "€", GBP: "£", KZT: "₸", BYN: "Br", CNY: "¥" };

let currency = "RUB";
export const setCurrency = (code: string) => {
  currency = code;
};
export const currencySign = () => SIGNS[currency] ?? currency;

const thousands = (digits: string) => digits.replace(/\B(?=(\d{3})+(?!\d))/g, spoken() === "ru" ? NARROW : ",");

/** A decimal as the server writes it ("-1234.50") as a person reads it; never through a float. */
export function decimal(value: string, places?: number): string {
  const negative = value.startsWith("-");
  const [whole = "0", given = ""] = (negative ? value.slice(1) : value).split(".");
  const rest = places === undefined ? given : given.padEnd(places, "0").slice(0, places);
  const text = thousands(whole) + (rest ? (spoken() === "ru" ? "," : ".") + rest : "");
  return negative ? MINUS + text : text;
}

const withSign = (text: string) =>
  spoken() === "ru"
    ? `${text}${NARROW}${currencySign()}`
    : text.startsWith(MINUS)
      ? MINUS + currencySign() + text.slice(1)
      : currencySign() + text;

/** Money in full: 1 234 567,89 ₽ */
export const money = (value: string | null | undefined) => (value ? withSign(decimal(value, 2)) : "");

/** Money without its minor units, for tables of large sums: 1 234 568 ₽ */
export function wholeMoney(value: string) {
  return withSign(decimal(String(Math.round(Number(value)))));
}

/* From which figure on it is told in which unit. */
const STEPS: [from: number, unit: number, word: string][] = [
  [1e12, 1e12, "web.number.trillion"],
  [1e9, 1e9, "web.number.billion"],
  [1e6, 1e6, "web.number.million"],
  [1e4, 1e3, "web.number.thousand"],
];

export const rough = (n: number, places: number, least = 0) =>
  numberFormat(spoken() === "ru" ? "ru-RU" : "en-GB", { minimumFractionDigits: least, maximumFractionDigits: places })
    .format(n)
    .replace(/\u00a0/g, NARROW)
    .replace("-", MINUS);

/** The size of a file in millions of bytes: 0,1 · 9,7 · 1 074 */
export const megabytes = (bytes: number) =>
  bytes < 1e7 ? rough(Math.max(0.1, bytes / 1e6), 1, 1) : rough(bytes / 1e6, 0, 0);

/** A figure for an axis or a heading: 1,2 млн */
export function short(value: number): string {
  const step = STEPS.find(([from]) => Math.abs(value) >= from);
  if (!step) return rough(value, Math.abs(value) < 10 ? 1 : 0);
  const [, unit, word] = step;
  const n = value / unit;
  return `${rough(n, Math.abs(n) < 100 && unit > 1e3 ? 1 : 0)}${NARROW}${t(word)}`;
}

/** Money for an axis or a heading: 1,2 млн ₽ */
export const shortMoney = (value: number | string) => withSign(short(Number(value)));

export const whole = (n: number) => decimal(String(Math.round(n)));

/** A share the server gives in percent: 12,5 % */
export function percent(value: string | number | null | undefined, places = 1): string {
  if (value === null || value === undefined || value === "") return "";
  const text = rough(Number(value), places, places);
  return spoken() === "ru" ? `${text}${NARROW}%` : `${text}%`;
}

/** A share that is a part of one, "0.125", as the number of its percents, "12.5", and back; exactly. */
export const percents = (share: string) => trimmed(moved(share, 2));
export const ofPercents = (percents: string) => trimmed(moved(percents, -2));

/** A share that is a part of one, in percent, with all its digits: 12,5 % */
export function inPercent(share: string): string {
  const text = decimal(percents(share));
  return spoken() === "ru" ? `${text}${NARROW}%` : `${text}%`;
}

/* The point of a decimal moved to the right, or, below zero, to the left. */
function moved(value: string, places: number): string {
  const sign = value.startsWith("-") ? "-" : "";
  const [whole = "", rest = ""] = value.replace("-", "").split(".");
  const digits = "0".repeat(Math.max(0, -places)) + whole + rest + "0".repeat(Math.max(0, places));
  const point = digits.length - rest.length - Math.max(0, places) + places;
  return `${sign}${digits.slice(0, point)}.${digits.slice(point)}`;
}

const trimmed = (value: string) => value.replace(/^(-?)0+(?=\d)/, "$1").replace(/\.?0*$/, "");

export const signed = (text: string, value: number) => (value > 0 ? `+${text}` : text);

/* How many zeros a word stands for: 1,5 млн, 2 тыс., 10 к, 3k, 1.2bn. */
const ZEROS: [word: RegExp, zeros: number][] = [
  [/(?:тыс\.?|т\.?р\.?|т|к|k|thousand)$/, 3],
  [/(?:млн\.?|mln|m|million)$/, 6],
  [/(?:млрд\.?|bn|billion)$/, 9],
];

function withZeros(plain: string): [digits: string, zeros: number] {
  for (const [word, zeros] of ZEROS) if (word.test(plain)) return [plain.replace(word, ""), zeros];
  return [plain, 0];
}

/* 1.5 with six zeros is 1500000, exactly. */
function shifted(value: string, zeros: number): string {
  const [whole = "", rest = ""] = value.split(".");
  const digits = (whole + rest.padEnd(zeros, "0").slice(0, zeros)).replace(/^(-?)0+(?=\d)/, "$1");
  const left = rest.slice(zeros);
  return left ? `${digits}.${left}` : digits;
}

/** What a person typed as money or a number: "1 234,5 ₽" is "1234.5", "1,5 млн" is "1500000"; null when it is no
 * number. */
export function typed(text: string): string | null {
  const [plain, zeros] = withZeros(
    text
      .toLowerCase()
      .replace(/[\s\u00a0\u202f₽$€£%]/g, "")
      .replace(/(\d|н|с|к|\.)руб\.?$/, "$1")
      .replace(MINUS, "-"),
  );
  const oneComma =
    /^-?\d*,\d+$/.test(plain) || /^-?\d+,$/.test(plain) ? plain.replace(",", ".") : plain.replace(/,/g, "");
  if (!/^-?(\d+(\.\d*)?|\.\d+)$/.test(oneComma)) return null;
  const value = oneComma.replace(/\.$/, "").replace(/^(-?)\./, "$10.");
  return zeros ? shifted(value, zeros) : value;
}

const scaled = (value: string, places: number) => {
  const [whole = "0", rest = ""] = value.replace("-", "").split(".");
  return BigInt(whole + rest.padEnd(places, "0").slice(0, places)) * (value.startsWith("-") ? -1n : 1n);
};

/** Decimals without their minor units whose sum is the rounded sum: each is cut, and what is left goes to the largest
 * remainders, so that a row that adds up to the kopeck adds up as it is shown. */
export function wholeParts(parts: string[]): string[] {
  const minor = parts.map((part) => scaled(part, 2));
  const floors = minor.map((n) => (n - (((n % 100n) + 100n) % 100n)) / 100n);
  const sum = minor.reduce((all, n) => all + n, 0n);
  const rounded = (sum < 0n ? sum - 50n : sum + 50n) / 100n;
  let left = rounded - floors.reduce((all, n) => all + n, 0n);
  const rest = (at: number) => Number((minor[at] ?? 0n) - (floors[at] ?? 0n) * 100n);
  const byRest = minor.map((_, at) => at).sort((a, b) => rest(b) - rest(a) || a - b);
  for (const at of byRest) if (left-- > 0n) floors[at] = (floors[at] ?? 0n) + 1n;
  return floors.map(String);
}

/** Quantity times price as money, exact, half away from zero. */
export function times(qty: string, price: string): string {
  const product = scaled(qty, 6) * scaled(price, 6);
  const unit = 10n ** 10n;
  const away = product < 0n ? -1n : 1n;
  const minor = (product * away + unit / 2n) / unit;
  const text = minor.toString().padStart(3, "0");
  return `${away < 0n && minor > 0n ? "-" : ""}${text.slice(0, -2)}.${text.slice(-2)}`;
}
