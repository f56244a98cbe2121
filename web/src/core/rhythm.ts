// Rhythms and spans: the one text of each (src/core/calendar.h), its parts, and the words people read.
import { t } from "@/core/words";

export const weekdays = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"] as const;
export type Weekday = (typeof weekdays)[number];

export const rhythmKinds = [
  "daily",
  "workdays",
  "weekly",
  "monthly",
  "monthly_workday",
  "quarterly_workday",
  "yearly",
  "each_min",
  "each_h",
  "every",
  "a_week",
  "a_month",
] as const;
export type RhythmKind = (typeof rhythmKinds)[number];

export interface Rhythm {
  kind: RhythmKind;
  n: number;
  week: Weekday[];
  month: number;
  day: number;
  time: string;
}

const most: Partial<Record<RhythmKind, number>> = {
  monthly: 31,
  monthly_workday: 23,
  quarterly_workday: 66,
  each_min: 1440,
  each_h: 24,
  every: 3660,
  a_week: 99,
  a_month: 99,
};

/** The largest number of a kind; undefined: it has none. */
export const numberMost = (kind: RhythmKind) => most[kind];
export const hasTime = (kind: RhythmKind) => !kind.startsWith("each_") && !kind.startsWith("a_");

const two = (n: number) => String(n).padStart(2, "0");

const forms: Record<RhythmKind, [read: RegExp, write: (r: Rhythm) => string]> = {
  daily: [/^daily (?<time>\S+)$/, (r) => `daily ${r.time}`],
  workdays: [/^workdays (?<time>\S+)$/, (r) => `workdays ${r.time}`],
  weekly: [
    /^weekly (?<week>\S+) (?<time>\S+)$/,
    (r) => `weekly ${weekdays.filter((day) => r.week.includes(day)).join(",")} ${r.time}`,
  ],
  monthly: [/^monthly (?<n>\d+) (?<time>\S+)$/, (r) => `monthly ${r.n} ${r.time}`],
  monthly_workday: [/^monthly workday (?<n>\d+) (?<time>\S+)$/, (r) => `monthly workday ${r.n} ${r.time}`],
  quarterly_workday: [/^quarterly workday (?<n>\d+) (?<time>\S+)$/, (r) => `quarterly workday ${r.n} ${r.time}`],
  yearly: [
    /^yearly (?<month>\d\d)-(?<day>\d\d)(?: (?<time>\S+))?$/,
    (r) => `yearly ${two(r.month)}-${two(r.day)}${r.time === "00:00" ? "" : ` ${r.time}`}`,
  ],
  each_min: [/^each (?<n>\d+) min$/, (r) => `each ${r.n} min`],
  each_h: [/^each (?<n>\d+) h$/, (r) => `each ${r.n} h`],
  every: [/^every (?<n>\d+) d(?: (?<time>\S+))?$/, (r) => `every ${r.n} d${r.time === "00:00" ? "" : ` ${r.time}`}`],
  a_week: [/^(?<n>\d+) a week$/, (r) => `${r.n} a week`],
  a_month: [/^(?<n>\d+) a month$/, (r) => `${r.n} a month`],
};

export const usualRhythm: Rhythm = { kind: "daily", n: 1, week: ["mon"], month: 1, day: 1, time: "09:00" };

export const rhythmText = (r: Rhythm) => forms[r.kind][1](r);

/** The parts of a text in its one form; null: it is none. */
export function rhythmParts(text: string): Rhythm | null {
  for (const kind of rhythmKinds) {
    const found = forms[kind][0].exec(text)?.groups;
    if (!found) continue;
    return {
      kind,
      n: Number(found.n ?? 1),
      week: weekdays.filter((day) => found.week?.split(",").includes(day)),
      month: Number(found.month ?? 1),
      day: Number(found.day ?? 1),
      time: found.time ?? "00:00",
    };
  }
  return null;
}

/** "по рабочим дням в 08:00" */
export function rhythmWords(text: string): string {
  const r = rhythmParts(text);
  if (!r) return text;
  return t(`rhythm.say.${r.kind}`, {
    ...r,
    week: "",
    month: t(`month.short.${r.month}`),
    days: r.week.map((day) => t(`weekday.${day}`)).join(", "),
  });
}

export const spanUnits = ["min", "h", "wh", "d", "wd", "w", "m"] as const;
export type SpanUnit = (typeof spanUnits)[number];
export const SPAN_MOST = 99999;

export function spanParts(text: string): { n: number; unit: SpanUnit } | null {
  const found = /^(-?\d+) (\w+)$/.exec(text);
  const unit = spanUnits.find((each) => each === found?.[2]);
  return found && unit ? { n: Number(found[1]), unit } : null;
}

/** "12 рабочих дней" */
export function spanWords(text: string): string {
  const span = spanParts(text);
  return span ? t(`span.say.${span.unit}`, { n: span.n }) : text;
}
