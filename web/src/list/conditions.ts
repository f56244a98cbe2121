// The kinds of conditions, and what their names mean: paths over references, rows that belong to a record or point at
// it.
import type { Children, Counted, Entity, Field, Filter, Form, Leaf, Meta, Op, Operand } from "@/api/shapes";
import { t } from "@/core/words";

const counts = ["some", "none", "count", "sum"] as const;
export type Count = (typeof counts)[number];

export const isLeaf = (filter: Filter): filter is Leaf => "field" in filter;
export const countOf = (filter: Filter) => counts.find((each) => each in filter);
export const isCounted = (filter: Filter): filter is Counted => countOf(filter) !== undefined;
export const isForm = (value: Operand | Operand[]): value is Form =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/* An address may hold anything: what is no condition is none. */
export const isFilter = (value: unknown): value is Filter => {
  if (typeof value !== "object" || value === null) return false;
  const node = value as Record<string, unknown>;
  if ("field" in node) return typeof node.field === "string" && typeof node.op === "string";
  if ("not" in node) return isFilter(node.not);
  const list = node.all ?? node.any;
  if (list !== undefined) return isFilters(list);
  const named = counts.find((each) => typeof node[each] === "string");
  return named !== undefined && (node.where === undefined || isFilters(node.where));
};
const isFilters = (value: unknown): value is Filter[] => Array.isArray(value) && value.every(isFilter);

/** What stands in a group: the members of all and any, the conditions of rows. */
export const partsOf = (filter: Filter): Filter[] =>
  isLeaf(filter)
    ? []
    : "not" in filter
      ? [filter.not]
      : "all" in filter
        ? filter.all
        : "any" in filter
          ? filter.any
          : ((filter as Counted).where ?? []);

// ---- names ----

const same: Op[] = ["is", "is_not", "empty", "not_empty"];
/* What every record has beside its fields. */
const head = (): Field[] => [
  { name: "created_at", type: "moment", label: t("record.created_at"), filter: ["from", "to", "is", "is_not"] },
  { name: "created_by", type: "ref", to: "user", label: t("record.created_by"), filter: same },
  { name: "changed_at", type: "moment", label: t("record.changed_at"), filter: ["from", "to", "is", "is_not"] },
  { name: "changed_by", type: "ref", to: "user", label: t("record.changed_by"), filter: same },
];

const childOf = (meta: Meta, entity: string): [Children, Entity] | undefined => {
  for (const each of meta.entities) {
    const child = each.children.find((list) => list.entity === entity);
    if (child) return [child, each];
  }
  return undefined;
};

/* Its fields and figures, or those of a list's rows. */
function ownFields(meta: Meta, entity: string): Field[] {
  const own = meta.entities.find((each) => each.name === entity);
  return own ? [...own.fields, ...(own.figures ?? [])] : (childOf(meta, entity)?.[0].fields ?? []);
}

/** Everything that a condition about the entity can name without a step. */
export const fieldsOf = (meta: Meta, entity: string): Field[] =>
  meta.entities.some((each) => each.name === entity)
    ? [...ownFields(meta, entity), ...head()]
    : ownFields(meta, entity);

const label = (meta: Meta, entity: string) => meta.entities.find((each) => each.name === entity)?.label ?? entity;

export interface Named {
  field: Field;
  /** "Клиент · Город" */
  label: string;
}

/* Where a path comes to, step by step. */
function walk(meta: Meta, entity: string, steps: string[]) {
  const labels: string[] = [];
  for (const step of steps) {
    const [name, kind] = step.split(":");
    const above = name === "parent" ? childOf(meta, entity)?.[1] : undefined;
    const by = fieldsOf(meta, entity).find((each) => each.name === name);
    const to = above?.name ?? kind ?? by?.to;
    if (!to) return undefined;
    labels.push(above?.label ?? by?.label ?? "");
    entity = to;
  }
  return { entity, labels };
}

export function nameOf(meta: Meta, entity: string, path: string): Named | undefined {
  const steps = path.split(".");
  const last = steps.pop();
  const end = walk(meta, entity, steps);
  const field = end && fieldsOf(meta, end.entity).find((each) => each.name === last);
  return field && { field, label: [...end.labels, field.label].join(" · ") };
}

/** What the entity's references point at, with what can be compared of it. */
export const aStepAway = (meta: Meta, entity: string) =>
  [
    ...above(meta, entity),
    ...ownFields(meta, entity).filter((by) => by.type === "ref" && meta.entities.some((each) => each.name === by.to)),
  ].map((by) => ({ by, fields: ownFields(meta, by.to ?? "").filter((field) => field.filter?.length) }));

/* Of a child the step to the record it belongs to. */
function above(meta: Meta, entity: string): Field[] {
  const to = childOf(meta, entity)?.[1];
  return to ? [{ name: "parent", type: "ref", to: to.name, label: to.label }] : [];
}

export interface Rows {
  name: string;
  /** Of what they are rows. */
  entity: string;
  label: string;
}

/** The lists of the entity's records, and everything that points at them. */
export function rowsOf(meta: Meta, entity: string): Rows[] {
  const own = meta.entities.find((each) => each.name === entity);
  const lists = (own?.children ?? []).map((list) => ({
    name: list.name,
    entity: list.entity,
    label: list.label ?? list.name,
  }));
  const pointing = meta.entities.flatMap((each) =>
    each.fields
      .filter((field) => (field.type === "ref" && field.to === entity) || field.of?.includes(entity))
      .map((field) => ({ name: `<${each.name}.${field.name}`, entity: each.name, field })),
  );
  const twice = (name: string) => pointing.filter((each) => each.entity === name).length > 1;
  return [
    ...lists,
    ...pointing.map(({ name, entity: of, field }) => ({
      name,
      entity: of,
      label: of === entity || twice(of) ? `${label(meta, of)} (${field.label})` : label(meta, of),
    })),
  ];
}

/** What rows a count is about, also behind a path; of a sum what is summed. */
export function rowsNamed(meta: Meta, entity: string, filter: Counted): Rows | undefined {
  const count = countOf(filter);
  let text = (count && filter[count]) ?? "";
  let summed = "";
  if (count === "sum") [text, summed] = [text.slice(0, text.lastIndexOf(".")), text.slice(text.lastIndexOf(".") + 1)];
  const [way = "", back] = text.split("<");
  const steps = way ? way.split(".") : [];
  const list = back === undefined ? steps.pop() : `<${back}`;
  const end = walk(meta, entity, steps);
  const found = end && rowsOf(meta, end.entity).find((each) => each.name === list);
  if (!found) return undefined;
  const sum = summed && fieldsOf(meta, found.entity).find((each) => each.name === summed)?.label;
  return { ...found, name: text, label: [...end.labels, found.label, ...(sum ? [sum] : [])].join(" · ") };
}

/* What compares with another field, with other spans than hours, or with several values is read, and taken away, but
 * not made here. */
function isMadeHere(leaf: Leaf, { field }: Named) {
  const { op, value } = leaf;
  if (op === "in" || Array.isArray(value)) return false;
  if (!isForm(value)) return true;
  if ("me" in value || "team" in value) return field.to === "user";
  if ("now" in value) return field.type === "moment" && /^(0|[+-]?\s*\d+ h)$/.test(value.now);
  return "day" in value && (field.type === "day" || field.type === "moment");
}

/** Does the editor give the condition back as it is?  Of a group it does, whatever stands in it. */
export function opens(meta: Meta, entity: string, filter: Filter) {
  if (isCounted(filter)) return !filter.sum && filter.op !== "is_not" && rowsNamed(meta, entity, filter) !== undefined;
  const named = isLeaf(filter) ? nameOf(meta, entity, filter.field) : undefined;
  return !isLeaf(filter) || (named !== undefined && isMadeHere(filter, named));
}
