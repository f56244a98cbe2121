// How much of the calendar is seen at once, from which day to which.
import { dayInWords, daysAfter, monthInWords, monthsAfter, weekday } from "@/core/day";
import { sentence } from "@/core/words";

export const spans = ["day", "week", "month", "agenda"] as const;
export type Span = (typeof spans)[number];

export const isSpan = (text: unknown): text is Span => spans.includes(text as Span);

const monday = (day: string) => daysAfter(day, -weekday(day));
const lastOfMonth = (day: string) => daysAfter(monthsAfter(day, 1), -1);

/** The first and the last day in sight; of a month whole weeks, the agenda tells of one. */
export function rangeOf(span: Span, at: string): [from: string, until: string] {
  if (span === "day") return [at, at];
  if (span !== "month") return [monday(at), daysAfter(monday(at), 6)];
  const last = lastOfMonth(at);
  return [monday(monthsAfter(at, 0)), daysAfter(last, 6 - weekday(last))];
}

/** One further, or with -1 one back. */
export function stepped(span: Span, at: string, step: number): string {
  if (span === "month") return monthsAfter(at, step);
  return daysAfter(at, step * (span === "day" ? 1 : 7));
}

export function rangeInWords(span: Span, at: string): string {
  if (span === "month") return sentence(monthInWords(at));
  const [from, until] = rangeOf(span, at);
  return from === until ? dayInWords(from) : `${dayInWords(from)} – ${dayInWords(until)}`;
}
