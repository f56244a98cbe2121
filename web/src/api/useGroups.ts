// A list in groups: how many records each has, what its sums come to, and which filter it opens to.
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { ask, call } from "@/api/http";
import type { Filter, Value } from "@/api/shapes";
import { questionOf, type Wanted } from "@/api/useList";

interface Key {
  /** Null: of those that have none. */
  value: Value;
  title?: string;
}

export interface Group extends Key {
  /** Of several names each, in their order. */
  values?: Key[];
  count: number;
  totals?: Record<string, string>;
  /** In the order of the question. */
  sums?: Value[];
  /** Its records, beside the conditions of the list. */
  filter: Filter;
}

export interface Groups {
  items: Group[];
  more: boolean;
  groups: number;
  all: { count: number; sums?: Value[] };
}

export interface GroupsAsked {
  /** "client_id.city,day:month". */
  by: string;
  /** What is summed, as JSON (entity/group.h). */
  sums?: string;
}

export const groupsQuestion = (asked: GroupsAsked, { search, filter }: Wanted) => ({
  ...asked,
  ...questionOf({ search, filter }),
});

export function useGroups(entity: string, asked: GroupsAsked, wanted: Wanted) {
  const question = groupsQuestion(asked, wanted);
  return useQuery({
    queryKey: ["group", entity, question],
    queryFn: ({ signal }) => call<Groups>("GET", ask(`/api/${entity}/group`, question), { signal }),
    placeholderData: keepPreviousData,
  });
}
