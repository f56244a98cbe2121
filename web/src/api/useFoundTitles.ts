// The names of a few records by what is being typed, for choosing one.
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { ask, call } from "@/api/http";
import { forgiving } from "@/api/forgiving";
import type { Title } from "@/api/shapes";

export const useFoundTitles = (entity: string, search: string, enabled: boolean) =>
  useQuery({
    queryKey: ["found", entity, "titles", search],
    queryFn: ({ signal }) =>
      forgiving(
        search,
        (text) => call<{ items: Title[] }>("GET", ask(`/api/${entity}/titles`, { search: text }), { signal }),
        ({ items }) => items.length,
      ),
    placeholderData: keepPreviousData,
    enabled,
    staleTime: 10_000,
  });
