// Where things stand: a line a client with what was last, which deal is open and what comes next, page by page.
import { keepPreviousData, useInfiniteQuery } from "@tanstack/react-query";
import { ask, call } from "@/api/http";
import type { Filter, Title } from "@/api/shapes";

export interface StandingContact {
  /** null: not the reader's to open. */
  id: number | null;
  at: string;
  timed: boolean;
  channel: string | null;
  kind: string | null;
  /** What came of it, or what it is about. */
  says: string | null;
  by: string | null;
}

export interface StandingLine extends Title {
  keeper: Title | null;
  late: boolean;
  last: StandingContact | null;
  deal: (Title & { stage: string; others: number; step: string | null; step_due_at: string | null }) | null;
  next: StandingContact | null;
}

interface Page {
  items: StandingLine[];
  next: string | null;
}

const PAGE = 50;

/* Known as an activity's, so that it is told anew when one changes. */
export function useStanding(filter: Filter | null) {
  const question = { filter: filter ? JSON.stringify(filter) : undefined, limit: PAGE };
  return useInfiniteQuery({
    queryKey: ["activity", "standing", question],
    queryFn: ({ pageParam, signal }) =>
      call<Page>("GET", ask("/api/client/standing", { ...question, after: pageParam }), { signal }),
    initialPageParam: "",
    getNextPageParam: ({ next }) => next,
    placeholderData: keepPreviousData,
  });
}
