// The shapes a list can have beside the list itself, and by what: an entity has those for which it has fields.
import type { Entity, Field } from "@/api/shapes";

export const shapes = ["list", "board", "tree", "calendar", "groups"] as const;
export type Shape = (typeof shapes)[number];

export const isShape = (text: unknown): text is Shape => shapes.includes(text as Shape);

/** May who is signed in give it to a record from where it stands? */
export const isCarried = (field: Field) => !field.by_rule && !field.at_start && !field.not_anew;

/* A board is usually of stages or states that one may give, then of other choices, then of whoever has the record. */
const rankOf = (field: Field) =>
  (isCarried(field) ? 0 : 10) +
  (/^(?:stage_id|state)$/.test(field.name)
    ? 0
    : field.type === "choice"
      ? 1
      : field.to === "user"
        ? 2
        : field.type === "bool"
          ? 4
          : 3);

/** What the columns of a board can be, the usual one first; a reference to what is somebody's, or to products, would
 * be a column a record. */
export function boardFields(of: Entity, all: Entity[]): Field[] {
  const isSmall = (name?: string) => {
    const to = all.find((each) => each.name === name);
    return name === "user" || (to !== undefined && !to.owner && to.name !== "product");
  };
  return of.fields
    .filter(({ type, to }) => type === "choice" || type === "bool" || (type === "ref" && isSmall(to)))
    .filter(({ name }) => name !== of.tree)
    .sort((a, b) => rankOf(a) - rankOf(b));
}

const isTime = ({ type }: Field) => type === "day" || type === "moment";

/** At what a record can stand in a calendar. */
export const calendarFields = (of: Entity): Field[] => [
  ...of.fields.filter(isTime),
  ...(of.figures ?? []).filter((each) => each.shown && isTime(each)),
];

/** What can say until when, or for how many minutes, a record lasts that begins at a field. */
export const endFields = (of: Entity, start: Field): Field[] =>
  of.fields.filter(
    (each) =>
      each.name !== start.name &&
      (each.type === start.type || (start.type === "moment" && each.type === "int" && each.name === "minutes")),
  );

/** "from_day until_day": what is begun and ended by, where the one is said and the other is not. */
export function calendarBy(of: Entity, by: string): { start?: Field; end?: Field } {
  const [first, second] = by.split(" ");
  const fields = calendarFields(of);
  const start = fields.find(({ name }) => name === first) ?? fields[0];
  if (!start) return {};
  const ends = endFields(of, start);
  const usual = ends.find(({ name }) => name === "minutes" || name === start.name.replace(/^from_/, "until_"));
  return { start, end: second === "-" ? undefined : (ends.find(({ name }) => name === second) ?? usual) };
}

/** The shapes there are for an entity. */
export const shapesOf = (of: Entity, all: Entity[]): Shape[] =>
  of.above
    ? ["list", "groups"]
    : [
        "list",
        ...(boardFields(of, all).length ? (["board"] as const) : []),
        ...(of.tree ? (["tree"] as const) : []),
        ...(calendarFields(of).length ? (["calendar"] as const) : []),
        "groups",
      ];
