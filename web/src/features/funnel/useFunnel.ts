// The funnel of a period, as the server counts it; a change of a deal asks anew.
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { ask, call } from "@/api/http";
import type { Filter } from "@/api/shapes";
import { type Asked, filterOf, type Span } from "@/features/funnel/ask";

export interface Stage {
  id: number;
  title: string;
  kind: "open" | "won";
  count: number;
  sum: string;
  /** In percent of the stage before, and of all that were begun. */
  of_before: number | null;
  of_first: number | null;
  here: number;
  here_sum: string;
  lost: number;
  lost_sum: string;
  days: string | null;
  filter: Filter | null;
  here_filter: Filter;
  lost_filter: Filter;
}

export interface Found {
  process: { id: number; title: string };
  stages: Stage[];
  all: {
    count: number;
    sum: string;
    won: number;
    won_sum: string;
    lost: number;
    lost_sum: string;
    lost_unsaid: number;
    lost_unsaid_sum: string;
  };
  filter: { all: Filter[] };
  within: "own" | "team" | "all";
}

/** `days`: how long deals stand on each stage as well, which takes longer to count. */
export function useFunnel(asked: Asked, span: Span | null, days = false) {
  const more = filterOf(asked);
  const question = {
    process: asked.process || null,
    cohort: asked.cohort,
    from: span?.from,
    to: span?.to,
    days: days ? "true" : null,
    filter: more.length ? JSON.stringify({ all: more }) : null,
  };
  return useQuery({
    queryKey: ["group", "deal", "funnel", question],
    queryFn: ({ signal }) => call<Found>("GET", ask("/api/deal/funnel", question), { signal }),
    placeholderData: keepPreviousData,
    enabled: span !== null,
  });
}
