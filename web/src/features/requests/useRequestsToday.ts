// What requests want of the reader today. It is asked again when one changes, and each minute: terms come near.
import { useQuery } from "@tanstack/react-query";
import { call } from "@/api/http";
import type { Title } from "@/api/shapes";

export interface TodayRequest {
  why: "escalated" | "mine" | "waiting" | "answered";
  id: number;
  version: number;
  kind: string;
  subject: string | null;
  what: string;
  state: string;
  due_at: string;
  answer: string | null;
  reason: string | null;
  level: number;
  /** To answer it is to take the client over. */
  hands_over: boolean;
  client: Title | null;
  deal: Title | null;
  author: Title | null;
  performer: Title | null;
}

export const useRequestsToday = () =>
  useQuery({
    queryKey: ["request", "today"],
    queryFn: () => call<{ now: string; lines: TodayRequest[] }>("GET", "/api/request/today"),
    refetchInterval: 60_000,
  });
