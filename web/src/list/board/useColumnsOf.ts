// The columns of a board: each value a field can have, those that nobody has among them, and whoever has none.
import { useFoundTitles } from "@/api/useFoundTitles";
import { type Group, useGroups } from "@/api/useGroups";
import type { Field, Filter, Title, Value } from "@/api/shapes";
import type { Wanted } from "@/api/useList";
import { t } from "@/core/words";

export interface Column {
  key: string;
  value: Value;
  /** What a reference points at. */
  title?: Title;
  label: string;
  count: number;
  totals: Record<string, string>;
  filter: Filter;
}

/** So many stand beside each other. */
export const COLUMNS_MOST = 40;

const keyOf = (value: Value) => (value === null || value === undefined ? "none" : `is ${String(value)}`);

function columnOf(field: Field, value: Value, name: string | undefined, group?: Group): Column {
  const none = value === null || value === undefined;
  const filter: Filter = none ? { field: field.name, op: "empty" } : { field: field.name, op: "is", value };
  return {
    key: keyOf(value),
    value: none ? null : value,
    title: field.type === "ref" && !none ? { id: Number(value), title: name ?? "" } : undefined,
    label: none ? t("web.board.none", { field: field.label }) : (name ?? t("web.hidden")),
    count: group?.count ?? 0,
    totals: group?.totals ?? {},
    filter: group?.filter ?? filter,
  };
}

/* As what is pointed at is ordered among its own, a stage by its place; of people who has some before the rest. */
const inOrder = (field: Field, known: Title[]) => (a: Column, b: Column) => {
  const place = ({ value }: Column) => {
    const at = known.findIndex(({ id }) => id === value);
    return at < 0 ? known.length : at;
  };
  const some = field.to === "user" ? Number(b.count > 0) - Number(a.count > 0) : 0;
  return some || place(a) - place(b) || a.label.localeCompare(b.label);
};

export function useColumnsOf(entity: string, field: Field, wanted: Wanted) {
  const groups = useGroups(entity, { by: field.name }, wanted);
  const isRef = field.type === "ref";
  const others = useFoundTitles(field.to ?? "", "", isRef);
  const items = groups.data?.items ?? [];
  const of = (value: Value) => items.find((each) => keyOf(each.value) === keyOf(value));
  const empty = of(null);
  const all: Column[] = [];
  if (field.type === "choice")
    all.push(...(field.options ?? []).map(({ key, label }) => columnOf(field, key, label, of(key))));
  else if (field.type === "bool")
    all.push(...[true, false].map((value) => columnOf(field, value, t(value ? "web.yes" : "web.no"), of(value))));
  else {
    const has = items.filter(({ value }) => value !== null);
    const more = (others.data?.items ?? []).filter(({ id }) => !has.some(({ value }) => value === id));
    all.push(...has.map((group) => columnOf(field, group.value, group.title, group)));
    all.push(...more.map(({ id, title }) => columnOf(field, id, title)));
    all.sort(inOrder(field, others.data?.items ?? []));
  }
  const shown = all.slice(0, COLUMNS_MOST);
  if (empty || !field.required) shown.push(columnOf(field, null, undefined, empty));
  return {
    columns: groups.data ? shown : [],
    more: Math.max(0, all.length - COLUMNS_MOST),
    error: groups.error,
    refetch: groups.refetch,
    pending: groups.isPending,
  };
}
