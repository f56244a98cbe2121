// A few records of an entity by what is being typed, for the palette.
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { ask, call } from "@/api/http";
import { forgiving } from "@/api/forgiving";
import type { Page } from "@/api/shapes";

export function useFound(entity: string, search: string, enabled: boolean, limit: number) {
  return useQuery({
    queryKey: ["found", entity, search, limit],
    queryFn: ({ signal }) =>
      forgiving(
        search,
        (text) => call<Page>("GET", ask(`/api/${entity}`, { search: text, limit }), { signal }),
        ({ items }) => items.length,
      ),
    placeholderData: keepPreviousData,
    enabled,
    staleTime: 10_000,
  });
}
