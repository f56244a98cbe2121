// Which columns a list shows: the reader's choice, remembered per list; what the rights took away is simply not there.
import { useMemo } from "react";
import { useRemembered } from "@/core/remember";
import type { Field } from "@/api/shapes";

const none: string[] = [];

export function useColumns(entity: string, fields: Field[], usual: string[]) {
  const [chosen, choose] = useRemembered<string[]>(`columns.${entity}`, none);
  const names = chosen.length ? chosen : usual;
  const columns = useMemo(
    () => names.flatMap((name) => fields.find((field) => field.name === name) ?? []),
    [names, fields],
  );
  return { columns, choose, usual: chosen.length === 0 };
}

/* The least width of a column in rem, and its part of the room that is left. */
const usualWidth: [number, number] = [8, 0.5];
const widths: Partial<Record<Field["type"], [number, number]>> = {
  text: [9, 1],
  ref: [11.5, 1],
  choice: [9.5, 0.6],
  day: [7, 0.2],
  moment: [11, 0.2],
  bool: [6, 0.2],
  int: [6, 0.4],
  money: [9.5, 0.5],
};

const widthOf = (field: Field): [number, number] => field.room ?? (field.name === "name" ? [15, 2] : (widths[field.type] ?? usualWidth));

/* The root's type size, of which the widths are multiples. */
const REM = 16;

const widthOfAll = (columns: Field[]) => columns.reduce((sum, field) => sum + widthOf(field)[0], 1);

/** The columns there is room for: from the end those go that are neither the first nor money. */
export function fitting(columns: Field[], width: number) {
  const kept = [...columns];
  for (let at = kept.length - 1; at > 0 && widthOfAll(kept) * REM > width; at--) if (kept[at]?.type !== "money") kept.splice(at, 1);
  return kept;
}

/** The columns as a grid, and the width below which the list scrolls sideways. */
export function layout(columns: Field[]) {
  const each = columns.map(widthOf);
  return {
    printed: each.map(([least]) => `minmax(0, ${least}fr)`).join(" "),
    template: each.map(([least, part]) => `minmax(${least}rem, ${part}fr)`).join(" "),
    least: `${widthOfAll(columns)}rem`,
  };
}
