// Which figures of an answer add up to others, and how they are shown without their minor units so that they still do.
import { wholeParts } from "@/core/number";
import type { Column } from "@/features/analysis/answers";

type Row = Record<string, unknown>;

/* The first is the sum of the other two. */
const sums: [whole: string, one: string, other: string][] = [
  ["was", "now", "stake"],
  ["after", "before", "change"],
  ["expected", "amount", "missing"],
  ["best", "average", "reserve"],
];

const isMoney = (columns: Column[], key: string) =>
  columns.some((column) => column.key === key && column.type === "money");
const given = (row: Row, keys: string[]) => keys.every((key) => typeof row[key] === "string");

function put(out: Map<Row, Row>, row: Row, key: string, value: string) {
  out.set(row, { ...out.get(row), [key]: value });
}

/** The columns that are shown alike, as one is a difference of the others. */
export const together = (columns: Column[]) => sums.filter((keys) => keys.every((key) => isMoney(columns, key)));

/** Whole figures for the cells of rows that add up. */
export function wholeFigures(columns: Column[], rows: Row[]): Map<Row, Row> {
  const out = new Map<Row, Row>();
  for (const keys of together(columns))
    for (const row of rows.filter((each) => given(each, keys))) {
      const [sum, one, other] = keys;
      const [a = "", b = ""] = wholeParts([String(row[one]), String(row[other])]);
      put(out, row, one, a);
      put(out, row, other, b);
      put(out, row, sum, String(BigInt(a) + BigInt(b)));
    }
  if (rows.length > 1 && rows.at(-1)?.part === "after" && isMoney(columns, "amount")) {
    const parts = rows.slice(0, -1);
    const whole = wholeParts(parts.map((row) => String(row.amount)));
    parts.forEach((row, at) => put(out, row, "amount", whole[at] ?? ""));
  }
  return out;
}
