// The names of the records a filter speaks of, so that it can be read: "Ответственный: Анна Котова".
import { useQueries } from "@tanstack/react-query";
import { call } from "@/api/http";
import type { Field, Filter, Meta, Saved, Value } from "@/api/shapes";
import { linkParts } from "@/fields/link";
import { titleOf } from "@/fields/titleOf";
import { isCounted, isForm, isLeaf, nameOf, partsOf, rowsNamed } from "@/list/conditions";
import type { Titles } from "@/list/sentence";

function pointedAt(field: Field, value: Value) {
  if (field.type === "link") return linkParts(value);
  return field.type === "ref" && field.to && typeof value === "number" ? { entity: field.to, id: value } : null;
}

/* What a condition points at, by the name of its field and its value. */
function wantedOf(meta: Meta, of: string, filter: Filter): { name: string; entity: string; id: number }[] {
  if (!isLeaf(filter)) {
    const inner = isCounted(filter) ? (rowsNamed(meta, of, filter)?.entity ?? "") : of;
    return partsOf(filter).flatMap((part) => wantedOf(meta, inner, part));
  }
  const field = nameOf(meta, of, filter.field)?.field;
  if (!field) return [];
  return (Array.isArray(filter.value) ? filter.value : [filter.value]).flatMap((value) => {
    const at = isForm(value) ? null : pointedAt(field, value);
    return at ? [{ name: `${field.name} ${String(value as Value)}`, ...at }] : [];
  });
}

export function useTitles(meta: Meta, of: string, parts: Filter[]): Titles {
  const wanted = parts.flatMap((part) => wantedOf(meta, of, part));
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
