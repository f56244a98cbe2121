// How many records a list has and what their money comes to: a second request, so that the list never waits for it.
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { ask, call } from "@/api/http";
import type { Count } from "@/api/shapes";
import { questionOf, type Wanted } from "@/api/useList";

export function useCount(entity: string, { search, filter, figures }: Wanted, enabled = true) {
  const question = questionOf({ search, filter, figures });
  return useQuery({
    queryKey: ["count", entity, question],
    queryFn: ({ signal }) => call<Count>("GET", ask(`/api/${entity}/count`, question), { signal }),
    enabled,
    placeholderData: keepPreviousData,
  });
}
