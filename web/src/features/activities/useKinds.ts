// The kinds of activities and the tasks of the sales cycle, as the firm has them.
import { useQuery } from "@tanstack/react-query";
import { ask, call } from "@/api/http";
import type { Page } from "@/api/shapes";

/* Those that the program brought stand as it brought them, the firm's own behind them. */
const useAll = (entity: string) =>
  useQuery({
    queryKey: ["list", entity, "all"],
    queryFn: () => call<Page>("GET", ask(`/api/${entity}`, { limit: 200 })),
    staleTime: 300_000,
    select: ({ items }) => [...items].sort((a, b) => a.id - b.id),
  }).data;

export const useKinds = () => useAll("activity_kind");
export const useAims = () => useAll("aim");

export const isContact = (channel: unknown) =>
  ["call", "meeting", "visit", "letter", "message"].includes(String(channel));
