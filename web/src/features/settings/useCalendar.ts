// The calendar of the firm or of a unit in a year, and changing it.
import { keepPreviousData, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { ask, call } from "@/api/http";
import type { Weekday } from "@/core/rhythm";

export type DayKind = "usual" | "work" | "short" | "off";

export interface Week {
  week: Weekday[];
  from: string;
  to: string;
  pause_from: string;
  pause_to: string;
  holidays: "none" | "russia";
}

export interface Calendar extends Week {
  year: number;
  /** Those that are not as the week has them; own: the firm, or the unit asked for, said so. */
  days: { day: string; kind: Exclude<DayKind, "usual">; own: boolean }[];
  months: { month: string; workdays: number; minutes: number }[];
}

/** Without a unit the firm's. */
export const useCalendar = (year: number | undefined, unit?: number) =>
  useQuery({
    queryKey: ["calendar", year, unit],
    queryFn: () => call<Calendar>("GET", ask("/api/calendar", { year, unit })),
    placeholderData: keepPreviousData,
  });

export function useWeekChange() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ week, ...rest }: Week) =>
      call<Calendar>("PATCH", "/api/calendar", { body: { week: week.join(","), ...rest } }),
    onSuccess: () => client.invalidateQueries({ queryKey: ["calendar"] }),
  });
}

export function useDayChange() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: { day: string; kind: DayKind; unit?: number }) =>
      call<Calendar>("PATCH", "/api/calendar/day", { body }),
    onSuccess: () => client.invalidateQueries({ queryKey: ["calendar"] }),
  });
}
