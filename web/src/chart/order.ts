// The order of a table's rows by one of its columns, and which of the columns say anything.
import type { Cell, Head } from "@/chart/FigureTable";
import { typed } from "@/core/number";
import { spoken } from "@/core/words";

export interface Order {
  at: number;
  way: "ascending" | "descending";
}

/** The same by the name that the server has for the column. */
export interface KeyOrder {
  key: string;
  way: Order["way"];
}

type Row = (string | Cell)[];

const textOf = (cell: string | Cell | undefined) => (typeof cell === "string" ? cell : (cell?.text ?? ""));
const blank = (cell: string | Cell | undefined) => ["", "—"].includes(textOf(cell));

/** The places of the columns in which some row has a value: a column of nothing takes the room of those that are
 * cut off. */
export const filledColumns = (head: Head[], rows: Row[]): number[] =>
  head.map((_, at) => at).filter((at) => at === 0 || !rows.length || rows.some((row) => !blank(row[at])));

/** What a click on a heading leads to: figures from the largest down, names from A to Z, then the other way, then
 * as the rows came. */
export function nextOrder(now: Order | null, at: number, right?: boolean): Order | null {
  const ways: Order["way"][] = right ? ["descending", "ascending"] : ["ascending", "descending"];
  const way = ways[now?.at === at ? ways.indexOf(now.way) + 1 : 0];
  return way ? { at, way } : null;
}

function keyOf(cell: string | Cell | undefined): string | number | null {
  if (blank(cell)) return null;
  const given = typeof cell === "object" ? (cell.order ?? cell.plain) : undefined;
  if (given !== undefined) return given;
  const number = typed(textOf(cell).replace(/^\+/, ""));
  return number === null ? textOf(cell) : Number(number);
}

/** The rows in that order; those without a value come last, equal ones stay as they came. */
export function inOrder(rows: Row[], order: Order | null): Row[] {
  if (!order) return rows;
  const sign = order.way === "ascending" ? 1 : -1;
  const words = new Intl.Collator(spoken(), { numeric: true });
  const keyed = rows.map((row) => ({ row, key: keyOf(row[order.at]) }));
  keyed.sort((a, b) => {
    if (a.key === null || b.key === null) return Number(a.key === null) - Number(b.key === null);
    if (typeof a.key === "number" && typeof b.key === "number") return sign * (a.key - b.key);
    return sign * words.compare(String(a.key), String(b.key));
  });
  return keyed.map(({ row }) => row);
}
