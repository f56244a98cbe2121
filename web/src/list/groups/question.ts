// What a list is grouped by, and which sums are told: "client_id.city day:month sum:total", as the address says it.
import type { Entity, Field, Filter, Meta } from "@/api/shapes";
import { aStepAway, fieldsOf, nameOf } from "@/list/conditions";

export const steps = ["day", "week", "month", "quarter", "year"] as const;
const hows = ["sum", "mean", "least", "most", "distinct"] as const;
type How = (typeof hows)[number];

export interface By {
  path: string;
  /** Of a day or a moment. */
  step?: string;
}

export interface Sum {
  how: How;
  path: string;
}

export interface Question {
  by: By[];
  sums: Sum[];
}

export const BYS = 3;
const SHORT = 400;

export const isTime = ({ type }: Field) => type === "day" || type === "moment";
const isFigure = (field: Field) => field.counts !== undefined || field.shown;
const parts = (field: Field) =>
  ["choice", "bool", "ref", "link"].includes(field.type) ||
  isTime(field) ||
  (field.type === "int" && !isFigure(field)) ||
  (field.type === "text" && (field.max ?? 200) <= SHORT);

const takes: Record<How, string[]> = {
  sum: ["money", "qty", "int"],
  mean: ["money", "qty", "int", "price", "ratio"],
  least: ["day"],
  most: ["day"],
  distinct: ["ref", "link"],
};

/* Of a sum only what means something added up: a day late and a rhythm do not. */
const adds = (how: How, { total, own }: Field) => how !== "sum" || Boolean(total || own);

const shownOnly = (field: Field) => !field.counts || field.shown;

export interface Option {
  value: string;
  label: string;
}

/** What a list can be grouped by: its own fields, and those of what they point at. */
export function byOptions(meta: Meta, of: string) {
  const item = (name: string, label: string) => ({ value: name, label });
  const own = fieldsOf(meta, of).filter((field) => parts(field) && shownOnly(field));
  return [
    { group: "", items: own.map((field) => item(field.name, field.label)) },
    ...aStepAway(meta, of).map(({ by, fields }) => ({
      group: by.label,
      items: fields
        .filter((field) => parts(field) && shownOnly(field))
        .map((field) => item(`${by.name}.${field.name}`, `${by.label} · ${field.label}`)),
    })),
  ].filter(({ items }) => items.length);
}

export const sumsOf = (meta: Meta, of: string): { sum: Sum; field: Field }[] =>
  hows.flatMap((how) =>
    fieldsOf(meta, of)
      .filter(
        (field) =>
          takes[how].includes(field.type) && adds(how, field) && shownOnly(field) && !field.name.endsWith("_by"),
      )
      .map((field) => ({ sum: { how, path: field.name }, field })),
  );

export const sumText = ({ how, path }: Sum) => `${how}:${path}`;

const isHow = (text: string): text is How => hows.includes(text as How);

/** The question of an address; empty: what is usual, by the first choice or whoever has it. */
export function questionOf(meta: Meta, of: Entity, text: string): Question {
  const words = text.split(" ").filter(Boolean);
  const by: By[] = [];
  const sums: Sum[] = [];
  for (const word of words) {
    const at = word.lastIndexOf(":");
    const [before, after] = [word.slice(0, at), word.slice(at + 1)];
    if (at > 0 && isHow(before)) sums.push({ how: before, path: after });
    else if (at > 0 && steps.includes(after as never)) by.push({ path: before, step: after });
    else by.push({ path: word });
  }
  const isKnown = ({ path }: { path: string }) => nameOf(meta, of.name, path) !== undefined;
  const known = by.filter(isKnown);
  return {
    by: (known.length ? known : [usualBy(meta, of)]).slice(0, BYS),
    sums: words.length ? sums.filter(isKnown) : usualSums(of),
  };
}

export const textOf = ({ by, sums }: Question) =>
  [...by.map(({ path, step }) => (step ? `${path}:${step}` : path)), ...sums.map(sumText)].join(" ");

/** As the server is asked. */
export const askedOf = ({ by, sums }: Question) => ({
  by: by.map(({ path, step }) => (step ? `${path}:${step}` : path)).join(","),
  sums: JSON.stringify(sums),
});

/** With the step that its kind of field has. */
export function byOf(meta: Meta, of: string, path: string): By {
  const field = nameOf(meta, of, path)?.field;
  return field && isTime(field) ? { path, step: "month" } : { path };
}

const rankOf = ({ type, to, name }: Field) =>
  type === "choice" && name !== "kind" ? 0 : to === "user" ? 1 : type === "day" ? 2 : type === "ref" ? 3 : 4;

function usualBy(meta: Meta, of: Entity): By {
  const first = of.fields.filter(parts).sort((a, b) => rankOf(a) - rankOf(b))[0];
  return byOf(meta, of.name, first?.name ?? "created_at");
}

const usualSums = (of: Entity): Sum[] =>
  of.fields
    .filter((field) => field.total)
    .slice(0, 2)
    .map(({ name }) => ({ how: "sum", path: name }));

/** The conditions of a list and of one of its groups, as one list of conditions. */
export const joined = (...all: (Filter | null)[]): Filter[] =>
  all.flatMap((each) => (each === null ? [] : "all" in each ? each.all : [each]));
