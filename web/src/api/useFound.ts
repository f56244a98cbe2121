// A few records of an entity by what is being typed, for the palette.
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { ask, call } from "@/api/http";
import type { Page } from "@/api/shapes";

export function useFound(entity: string, search: string, enabled: boolean, limit: number) {
  return useQuery({
    queryKey: ["found", entity, search, limit],
    queryFn: ({ signal }) => call<Page>("GET", ask(`/api/${entity}`, { search, limit }), { signal }),
    placeholderData: keepPreviousData,
    enabled,
    staleTime: 10_000,
  });
}
