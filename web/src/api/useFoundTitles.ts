// The names of a few records by what is being typed, for choosing one.
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { ask, call } from "@/api/http";
import type { Title } from "@/api/shapes";

export const useFoundTitles = (entity: string, search: string, enabled: boolean) =>
  useQuery({
    queryKey: ["found", entity, "titles", search],
    queryFn: ({ signal }) => call<{ items: Title[] }>("GET", ask(`/api/${entity}/titles`, { search }), { signal }),
    placeholderData: keepPreviousData,
    enabled,
    staleTime: 10_000,
  });
