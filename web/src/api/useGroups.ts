// How many records of a list have each value of a field, and what their sums come to.
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { ask, call } from "@/api/http";
import type { Filter, Value } from "@/api/shapes";
import { questionOf, type Wanted } from "@/api/useList";

export interface Group {
  /** Null: of those that have none. */
  value: Value;
  title?: string;
  count: number;
  totals?: Record<string, string>;
  /** Its records, beside the conditions of the list. */
  filter: Filter;
}

export function useGroups(entity: string, by: string, { search, filter }: Wanted) {
  const question = { by, ...questionOf({ search, filter }) };
  return useQuery({
    queryKey: ["group", entity, question],
    queryFn: ({ signal }) =>
      call<{ items: Group[]; more: boolean }>("GET", ask(`/api/${entity}/group`, question), { signal }),
    placeholderData: keepPreviousData,
  });
}
