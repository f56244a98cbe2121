// The activities about a record, page by page, the latest first.
import { useInfiniteQuery } from "@tanstack/react-query";
import { ask, call } from "@/api/http";
import type { Filter, Page, Saved } from "@/api/shapes";

const PAGE = 30;

/** What is to be done first, the soonest on top; below it what was, the latest on top. */
export const nextFirst = (rows: Saved[]) => [
  ...rows.filter((row) => row.state === "open").reverse(),
  ...rows.filter((row) => row.state !== "open"),
];

export function useActivities(field: "client_id" | "person_id", id: number, channel: string | null) {
  const mine: Filter = { field, op: "is", value: id };
  const filter: Filter = channel ? { all: [mine, { field: "kind_id.channel", op: "is", value: channel }] } : mine;
  const query = useInfiniteQuery({
    queryKey: ["activity", "of", field, id, channel],
    queryFn: ({ pageParam }) =>
      call<Page>(
        "GET",
        ask("/api/activity", { filter: JSON.stringify(filter), sort: "-at", limit: PAGE, after: pageParam }),
      ),
    initialPageParam: "",
    getNextPageParam: ({ next }) => next,
  });
  const rows = query.data?.pages.flatMap(({ items }) => items) ?? [];
  return { ...query, rows };
}
