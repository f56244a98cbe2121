// The records of a list, page by page as they are scrolled to.
import { keepPreviousData, useInfiniteQuery } from "@tanstack/react-query";
import { ask, call } from "@/api/http";
import { forgiving } from "@/api/forgiving";
import type { Filter, Page } from "@/api/shapes";

export interface Wanted {
  search?: string;
  filter?: Filter | null;
  sort?: string;
  /** Columns that are no fields. */
  figures?: string[];
}

export const questionOf = ({ search, filter, sort, figures }: Wanted) => ({
  search,
  filter: filter ? JSON.stringify(filter) : undefined,
  sort,
  figures: figures?.length ? figures.join(",") : undefined,
});

/* Whoever shows a row asks it for a column by its name, whether it is a field or a figure. */
const withFigures = (page: Page): Page => ({
  ...page,
  items: page.items.map((row) => (row._figures ? { ...row, ...row._figures } : row)),
});

/* Whoever reads a card for half an hour comes back to as many rows as he had seen. */
const KEPT_MS = 30 * 60_000;

/* A page, and the text it was found by: see api/forgiving. */
type Found = Page & { searched: string };

export function useList(entity: string, wanted: Wanted, { limit = 100, enabled = true } = {}) {
  const question = { ...questionOf(wanted), limit };
  const find = async (search: string, after: string, signal: AbortSignal): Promise<Found> => ({
    ...withFigures(await call<Page>("GET", ask(`/api/${entity}`, { ...question, search, after }), { signal })),
    searched: search,
  });
  return useInfiniteQuery({
    queryKey: ["list", entity, question],
    queryFn: ({ pageParam: { search, after }, signal }) =>
      after
        ? find(search, after, signal)
        : forgiving(
            search,
            (text) => find(text, "", signal),
            ({ items }) => items.length,
          ),
    initialPageParam: { search: wanted.search ?? "", after: "" },
    getNextPageParam: ({ next, searched }) => (next ? { search: searched, after: next } : null),
    placeholderData: keepPreviousData,
    enabled,
    gcTime: KEPT_MS,
  });
}
