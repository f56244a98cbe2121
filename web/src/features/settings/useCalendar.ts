// The firm's calendar of a year, and changing it.
import { keepPreviousData, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { call } from "@/api/http";
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
  /** Those that are not as the week has them; own: the firm said so. */
  days: { day: string; kind: Exclude<DayKind, "usual">; own: boolean }[];
  months: { month: string; workdays: number; minutes: number }[];
}

const key = (year: number | undefined) => ["calendar", year];

export const useCalendar = (year: number | undefined) =>
  useQuery({
    queryKey: key(year),
    queryFn: () => call<Calendar>("GET", `/api/calendar${year ? `?year=${year}` : ""}`),
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
    mutationFn: (body: { day: string; kind: DayKind }) => call<Calendar>("PATCH", "/api/calendar/day", { body }),
    onSuccess: () => client.invalidateQueries({ queryKey: ["calendar"] }),
  });
}
