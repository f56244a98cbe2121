// A list in groups: how many records each has, and what the sums come to.
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { ask, call } from "@/api/http";
import type { Filter, Value } from "@/api/shapes";
import { questionOf as listQuestionOf, type Wanted } from "@/api/useList";
import type { Question } from "@/list/groups/question";

interface Key {
  /** Null: of those that have none. */
  value: Value;
  title?: string;
}

export interface Group extends Key {
  /** Of several names each, in their order. */
  values?: Key[];
  count: number;
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

export const groupsQuestion = ({ by, sums }: Question, { search, filter }: Wanted) => ({
  by: by.map(({ path, step }) => (step ? `${path}:${step}` : path)).join(","),
  sums: JSON.stringify(sums),
  ...listQuestionOf({ search, filter }),
});

export function useGroupTable(entity: string, question: Question, wanted: Wanted) {
  const asked = groupsQuestion(question, wanted);
  return useQuery({
    queryKey: ["group", entity, "table", asked],
    queryFn: ({ signal }) => call<Groups>("GET", ask(`/api/${entity}/group`, asked), { signal }),
    placeholderData: keepPreviousData,
  });
}
