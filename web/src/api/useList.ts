// The records of a list, page by page as they are scrolled to.
import { keepPreviousData, useInfiniteQuery } from "@tanstack/react-query";
import { ask, call } from "@/api/http";
import type { Filter, Page } from "@/api/shapes";

export interface Wanted {
  search?: string;
  filter?: Filter | null;
  sort?: string;
}

export const questionOf = ({ search, filter, sort }: Wanted) => ({
  search,
  filter: filter ? JSON.stringify(filter) : undefined,
  sort,
});

export function useList(entity: string, wanted: Wanted) {
  const question = { ...questionOf(wanted), limit: 100 };
  return useInfiniteQuery({
    queryKey: ["list", entity, question],
    queryFn: ({ pageParam, signal }) => call<Page>("GET", ask(`/api/${entity}`, { ...question, after: pageParam }), { signal }),
    initialPageParam: "",
    getNextPageParam: (page) => page.next,
    placeholderData: keepPreviousData,
  });
}
