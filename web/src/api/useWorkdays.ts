// Which days one works, as one's unit or the firm has it, and from when to when.
import { useQueries } from "@tanstack/react-query";
import { call } from "@/api/http";
import { weekday } from "@/core/day";
import { weekdays, type Weekday } from "@/core/rhythm";

interface Year {
  week: Weekday[];
  from: string;
  to: string;
  pause_from: string;
  pause_to: string;
  days: { day: string; kind: "work" | "short" | "off" }[];
}

export interface Workdays {
  /** The days of the week, from Monday as 0, and their hours without the break. */
  week: number[];
  hours: [from: string, to: string][];
  isOff: (day: string) => boolean;
}

/** Of the years that days from one to another lie in; undefined: not known yet. */
export function useWorkdays(from: string, until: string): Workdays | undefined {
  const years = [...new Set([Number(from.slice(0, 4)), Number(until.slice(0, 4))])];
  const answers = useQueries({
    queries: years.map((year) => ({
      queryKey: ["calendar", "mine", year],
      queryFn: () => call<Year>("GET", `/api/calendar?year=${year}&mine=true`),
      staleTime: 300_000,
    })),
  });
  const known = answers.flatMap(({ data }) => data ?? []);
  const first = known[0];
  if (!first || known.length < years.length) return undefined;
  const kinds = new Map(known.flatMap(({ days }) => days.map(({ day, kind }) => [day, kind] as const)));
  const week = first.week.map((each) => weekdays.indexOf(each));
  const pause = first.pause_from !== first.pause_to;
  return {
    week,
    hours: pause
      ? [
          [first.from, first.pause_from],
          [first.pause_to, first.to],
        ]
      : [[first.from, first.to]],
    isOff: (day) => (kinds.get(day) ?? (week.includes(weekday(day)) ? "work" : "off")) === "off",
  };
}
