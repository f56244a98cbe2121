// What is asked of the funnel, as its address says it: which process, period, cohort, whose deals.
import { useLocation, useSearch } from "wouter";
import type { Filter } from "@/api/shapes";
import { daysAfter, monthsAfter, today } from "@/core/day";

export interface Span {
  from?: string;
  to?: string;
}

export const periods = ["year", "quarter", "last_quarter", "month", "last_month", "all"] as const;
export type PeriodName = (typeof periods)[number];

export interface Asked {
  process: string;
  period: PeriodName;
  cohort: "begun" | "closed";
  user: string;
  channel: string;
  source: string;
}

/** The first days of the period and of the one before it; of all the time there is none before. */
export function spansOf(period: PeriodName): { now: Span; before: Span | null } {
  const month = monthsAfter(today(), 0);
  const quarter = monthsAfter(month, -((Number(month.slice(5, 7)) - 1) % 3));
  const year = `${today().slice(0, 4)}-01-01`;
  const [from, months] = {
    year: [year, 12],
    quarter: [quarter, 3],
    last_quarter: [monthsAfter(quarter, -3), 3],
    month: [month, 1],
    last_month: [monthsAfter(month, -1), 1],
    all: ["", 0],
  }[period] as [string, number];
  if (!from) return { now: {}, before: null };
  const span = (first: string) => ({ from: first, to: daysAfter(monthsAfter(first, months), -1) });
  return { now: span(from), before: span(monthsAfter(from, -months)) };
}

export function useAsked() {
  const search = new URLSearchParams(useSearch());
  const [at, go] = useLocation();
  const named = periods.find((each) => each === search.get("period"));
  const asked: Asked = {
    process: search.get("process") ?? "",
    period: named ?? "year",
    cohort: search.get("cohort") === "closed" ? "closed" : "begun",
    user: search.get("user") ?? "",
    channel: search.get("channel") ?? "",
    source: search.get("source") ?? "",
  };
  const change = (name: keyof Asked, value: string | null) => {
    if (value) search.set(name, value);
    else search.delete(name);
    go(search.size ? `${at}?${search}` : at, { replace: true });
  };
  return { asked, change };
}

const fields = { user: "keeper_id", channel: "channel_id", source: "source_id" } as const;
export type Whose = keyof typeof fields;
export const whose = Object.keys(fields) as Whose[];

/** Whose deals, as a condition on them. */
export const filterOf = (asked: Asked): Filter[] =>
  whose.filter((name) => asked[name]).map((name) => ({ field: fields[name], op: "is", value: Number(asked[name]) }));

/** The same in the words of metrics. */
export const whereOf = (asked: Asked) =>
  Object.fromEntries(whose.filter((name) => asked[name]).map((name) => [name, Number(asked[name])]));
