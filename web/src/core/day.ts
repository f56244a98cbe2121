// How days and moments are written and read: a day is the firm's day without a clock, a moment is shown in the user's
// zone.
import { dateFormat } from "@/core/formats";
import { spoken } from "@/core/words";

let zone: string | undefined;
let firmToday = new Date().toISOString().slice(0, 10);

export function setZone(name: string | null | undefined, today: string | undefined) {
  zone = name || undefined;
  if (today) firmToday = today;
}

/** The firm's today as the server says it. */
export const today = () => firmToday;

const locale = () => (spoken() === "ru" ? "ru-RU" : "en-GB");
const noon = (text: string) => new Date(`${text.slice(0, 10)}T12:00:00Z`);
const none = (date: Date) => Number.isNaN(date.getTime());
/* An address may hold anything: what is no day stays the text it is, and the server says what is wrong with it. */
const asDay = (date: Date, text = "") => (none(date) ? text : date.toISOString().slice(0, 10));

const write = (text: string, options: Intl.DateTimeFormatOptions) =>
  none(noon(text))
    ? text
    : dateFormat(locale(), { timeZone: "UTC", ...options })
        .format(noon(text))
        .replace(" г.", "");

/** 04.03.2026 in Russian, 4 Mar 2026 in English. */
export function day(text: string | null | undefined): string {
  if (!text) return "";
  return spoken() === "ru"
    ? write(text, { day: "2-digit", month: "2-digit", year: "numeric" })
    : write(text, { day: "numeric", month: "short", year: "numeric" });
}

export const dayInWords = (text: string) => write(text, { day: "numeric", month: "long", year: "numeric" });
export const monthInWords = (text: string) => write(`${text.slice(0, 7)}-01`, { month: "long", year: "numeric" });
export const month = (text: string) => write(`${text.slice(0, 7)}-01`, { month: "short", year: "numeric" });
export const monthName = (number: number) => write(`2024-${String(number).padStart(2, "0")}-01`, { month: "short" });

export function moment(iso: string | null | undefined): string {
  if (!iso) return "";
  const options: Intl.DateTimeFormatOptions = { dateStyle: "medium", timeStyle: "short", timeZone: zone };
  return dateFormat(locale(), options)
    .format(new Date(iso))
    .replace(" г.", "")
    .replace(/(?<!,) /g, "\u00a0"); // a line breaks before the hour only
}

const clock: Intl.DateTimeFormatOptions = {
  year: "numeric",
  month: "2-digit",
  day: "2-digit",
  hour: "2-digit",
  minute: "2-digit",
  hourCycle: "h23",
};

/** What calendar and clock on the user's wall say at a moment: "2026-03-04T10:30". */
export function wallOf(iso: string): string {
  const at = new Date(iso);
  if (none(at)) return "";
  const parts = dateFormat("en-CA", { ...clock, timeZone: zone }).formatToParts(at);
  const part = (type: string) => parts.find((each) => each.type === type)?.value ?? "";
  return `${part("year").padStart(4, "0")}-${part("month")}-${part("day")}T${part("hour")}:${part("minute")}`;
}

/** The moment at which the user's wall says so. Of an hour that comes twice it is the first, one that is left out is
 * the hour after it. */
export function momentOf(wall: string): string {
  const meant = Date.parse(`${wall.slice(0, 16)}Z`);
  const offAt = (time: number) => Date.parse(`${wallOf(new Date(time).toISOString())}Z`) - time;
  const before = meant - offAt(meant - 864e5);
  const after = meant - offAt(meant + 864e5);
  const said = [before, after].find((time) => time + offAt(time) === meant) ?? before;
  return new Date(said).toISOString();
}

/** The day a moment falls on in the user's zone, as "2026-03-04". */
export const dayOf = (iso: string) => dateFormat("en-CA", { timeZone: zone }).format(new Date(iso));

export function daysAfter(text: string, days: number): string {
  const date = noon(text);
  date.setUTCDate(date.getUTCDate() + days);
  return asDay(date, text);
}

export function monthsAfter(text: string, months: number): string {
  const date = noon(`${text.slice(0, 7)}-01`);
  date.setUTCMonth(date.getUTCMonth() + months);
  return asDay(date, text);
}

export const daysBetween = (from: string, to: string) =>
  Math.round((noon(to).getTime() - noon(from).getTime()) / 864e5);
export const weekday = (text: string) => (noon(text).getUTCDay() + 6) % 7;

/** What a person typed as a day: 4.3.26, 04/03/2026, 2026-03-04; null when it is no day. */
export function typedDay(text: string): string | null {
  const iso = /^(\d{4})-(\d{1,2})-(\d{1,2})$/.exec(text.trim());
  const own = /^(\d{1,2})[./ ](\d{1,2})[./ ](\d{2}|\d{4})$/.exec(text.trim());
  const [y, m, d] = iso ? [iso[1], iso[2], iso[3]] : own ? [own[3], own[2], own[1]] : [];
  if (!y || !m || !d) return null;
  const made = `${y.length === 2 ? `20${y}` : y}-${m.padStart(2, "0")}-${d.padStart(2, "0")}`;
  return asDay(noon(made)) === made ? made : null;
}
