// The names of the records a filter speaks of, so that it can be read: "Ответственный: Анна Котова".
import { useQueries } from "@tanstack/react-query";
import { call } from "@/api/http";
import type { Field, Filter, Leaf, Saved, Value } from "@/api/shapes";
import { linkParts } from "@/fields/link";
import { titleOf } from "@/fields/titleOf";
import type { Titles } from "@/list/sentence";
import { isLeaf } from "@/list/useListUrl";

const leaves = (filter: Filter): Leaf[] =>
  isLeaf(filter)
    ? [filter]
    : "not" in filter
      ? leaves(filter.not)
      : ("all" in filter ? filter.all : filter.any).flatMap(leaves);

function pointedAt(field: Field, value: Value) {
  if (field.type === "link") return linkParts(value);
  return field.type === "ref" && field.to && typeof value === "number" ? { entity: field.to, id: value } : null;
}

export function useTitles(fields: Field[], parts: Filter[]): Titles {
  const wanted = parts.flatMap(leaves).flatMap((leaf) => {
    const field = fields.find((each) => each.name === leaf.field);
    if (!field) return [];
    return (Array.isArray(leaf.value) ? leaf.value : [leaf.value]).flatMap((value) => {
      const at = pointedAt(field, value);
      return at ? { name: `${field.name} ${String(value)}`, ...at } : [];
    });
  });
  const answers = useQueries({
    queries: wanted.map(({ entity, id }) => ({
      queryKey: ["record", entity, id],
      queryFn: () => call<Saved>("GET", `/api/${entity}/${id}`),
      staleTime: 60_000,
    })),
  });
  const titles: Titles = {};
  wanted.forEach(({ name, entity, id }, at) => {
    const row = answers[at]?.data;
    if (row) titles[name] = { entity, id, title: titleOf(row) };
  });
  return titles;
}
