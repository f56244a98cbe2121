// What there is to do today. It is asked again when an activity changes, and each minute: hours come near.
import { useQuery } from "@tanstack/react-query";
import { call } from "@/api/http";
import type { TodayAnswer } from "@/features/activities/types";

export const todayKey = ["activity", "today"];

export const useToday = () =>
  useQuery({
    queryKey: todayKey,
    queryFn: () => call<TodayAnswer>("GET", "/api/today"),
    refetchInterval: 60_000,
  });
