// Which columns a list shows: the reader's choice, remembered per list; what the rights took away is simply not there.
import { useMemo } from "react";
import { useRemembered } from "@/core/remember";
import type { Field } from "@/api/shapes";

const none: string[] = [];

export const columnsKey = (entity: string, view?: number) => `columns.${entity}${view ? `.${view}` : ""}`;

export function useColumns(entity: string, fields: Field[], usual: string[], view?: number) {
  const [chosen, choose] = useRemembered<string[]>(columnsKey(entity, view), none);
  const names = chosen.length ? chosen : usual;
  const columns = useMemo(
    () => names.flatMap((name) => fields.find((field) => field.name === name) ?? []),
    [names, fields],
  );
  return { columns, choose, usual: chosen.length === 0 };
}

/** The names of the columns that are empty on the page. */
export type Empty = ReadonlySet<string>;

/* The least width of a column in rem. */
const usualWidth = 8;
const widths: Partial<Record<Field["type"], number>> = {
  text: 9,
  ref: 11.5,
  choice: 9.5,
  day: 7,
  moment: 11,
  bool: 6,
  int: 6,
  money: 9.5,
};

/* A letter, and what stands beside a text, in rem; no text gets more than the widest. */
const [LETTER, BESIDE, WIDEST] = [0.54, 1.75, 28];

/* A head may take two lines, and breaks between words. */
const headOf = ({ label }: Field) => Math.max(...label.split(/\s+/).map((word) => word.length)) * LETTER + BESIDE;

/* A column in which no row has a value leaves its room to the others. */
const EMPTY = 5.5;

/** How long the texts of columns are, in letters. */
export type Letters = ReadonlyMap<string, number>;

/* A total is one line of digits in bold type. */
const sumOf = (field: Field, sums: Letters) => (sums.get(field.name) ?? 0) * LETTER + 1.25;

const widthOf = (field: Field, empty: Empty, sums: Letters) =>
  empty.has(field.name) ? EMPTY : Math.max(usualOf(field), sumOf(field, sums));

/* By which a record is told from others. */
const names = new Set(["name", "subject"]);

const usualOf = (field: Field) => field.room ?? (names.has(field.name) ? 15 : (widths[field.type] ?? usualWidth));

/* The root's type size, of which the widths are multiples. */
const REM = 16;

const widthOfAll = (columns: Field[], empty: Empty, sums: Letters) =>
  columns.reduce((all, field) => all + widthOf(field, empty, sums), 1);

/** The columns there is room for: from the end those go that are neither the first nor money. */
export function fitting(columns: Field[], width: number, empty: Empty, sums: Letters) {
  const kept = [...columns];
  for (let at = kept.length - 1; at > 0 && widthOfAll(kept, empty, sums) * REM > width; at--)
    if (kept[at]?.type !== "money") kept.splice(at, 1);
  return kept;
}

const hundredth = (value: number) => Math.round(value * 100) / 100;

/* The least width, and by which part of the whole it grows: whose texts are short gives of its own to the others. */
function roomOf(field: Field, empty: Empty, letters: Letters, sums: Letters): [number, number] {
  const usual = hundredth(widthOf(field, empty, sums));
  if (empty.has(field.name)) return [usual, 0];
  const count = letters.get(field.name);
  if (count === undefined || field.type === "money") return [usual, usual];
  const text = Math.max(Math.min(count * LETTER + BESIDE, WIDEST), headOf(field), sumOf(field, sums));
  return [hundredth(Math.min(usual, text)), hundredth(text)];
}

/** The columns as a grid, and the width below which the list scrolls sideways: `letters` has the longest text of each
 * column (what is drawn is not measured), `sums` the totals. */
export function layout(columns: Field[], empty: Empty, letters: Letters, sums: Letters) {
  const each = columns.map((field) => roomOf(field, empty, letters, sums));
  return {
    printed: each.map(([least]) => `minmax(0, ${least}fr)`).join(" "),
    template: each.map(([least, part]) => `minmax(${least}rem, ${part}fr)`).join(" "),
    least: `${widthOfAll(columns, empty, sums)}rem`,
  };
}
