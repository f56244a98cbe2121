// The names of the records a filter speaks of, so that it can be read: "Ответственный: Анна Котова".
import { useQueries } from "@tanstack/react-query";
import { call } from "@/api/http";
import type { Field, Filter, Leaf, Saved } from "@/api/shapes";
import { titleOf } from "@/fields/titleOf";
import type { Titles } from "@/list/sentence";
import { isLeaf } from "@/list/useListUrl";

const leaves = (filter: Filter): Leaf[] =>
  isLeaf(filter)
    ? [filter]
    : "not" in filter
      ? leaves(filter.not)
      : ("all" in filter ? filter.all : filter.any).flatMap(leaves);

export function useTitles(fields: Field[], parts: Filter[]): Titles {
  const wanted = parts.flatMap(leaves).flatMap((leaf) => {
    const field = fields.find((each) => each.name === leaf.field);
    if (field?.type !== "ref" || !field.to) return [];
    return (Array.isArray(leaf.value) ? leaf.value : [leaf.value])
      .filter((value): value is number => typeof value === "number")
      .map((id) => ({ name: `${field.name} ${id}`, entity: field.to as string, id }));
  });
  const answers = useQueries({
    queries: wanted.map(({ entity, id }) => ({
      queryKey: ["record", entity, id],
      queryFn: () => call<Saved>("GET", `/api/${entity}/${id}`),
      staleTime: 60_000,
    })),
  });
  const titles: Titles = {};
  wanted.forEach(({ name, id }, at) => {
    const row = answers[at]?.data;
    if (row) titles[name] = { id, title: titleOf(row) };
  });
  return titles;
}
