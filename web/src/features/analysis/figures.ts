// A table of an answer as people read it: each type written in its one way, clients and products as doors.
import type { Cell, Figures } from "@/chart/FigureTable";
import { day, month } from "@/core/day";
import { decimal, money, percent, signed, whole, wholeMoney } from "@/core/number";
import { known, t } from "@/core/words";
import { together, wholeFigures } from "@/features/analysis/addingUp";
import type { Answer, CellType, Column, Named, Table } from "@/features/analysis/answers";
import { cardPath } from "@/list/door";

const oneName = (key: string): string => (known(`class.${key}`) ? t(`class.${key}`) : key);

/** "A", "Потерян"; who moved: "Хорошие → Лучшие". */
export const className = (key: unknown): string =>
  String(key ?? "")
    .split(">")
    .map(oneName)
    .join(" → ");

/** The same for a cell of any screen: "Came, Mar 2026", "Exhibition", "05.03.2026: Active → Slipping", "Fall, Mar
 * 2026". */
export function cellName(cell: string) {
  const [finding = "", part] = cell.split(".");
  if (part) return [t(`finding.${finding}.who`), t(`web.findings.cell.${part}`)].join(", ");
  const [, on = "", was = "", became = ""] = /^moved-(\d{4}-\d\d-\d\d)-(\w*)>(\w+)$/.exec(cell) ?? [];
  if (on) return `${day(on)}: ${was ? oneName(was) : "—"} → ${oneName(became)}`;
  if (/^fall-\d{4}-\d\d$/.test(cell)) return t("web.dynamics.fall_in", { month: month(cell.slice(5)) });
  if (cell.startsWith("from-")) return cell.slice(5);
  const [, what = "", of = "", from = ""] = /^(came|bought|lost|till)-(\d{4}-\d\d)(?:-from-(.+))?$/.exec(cell) ?? [];
  return what
    ? [t(`web.growth.${what === "till" ? "total" : what}`), month(of), from].filter(Boolean).join(", ")
    : className(cell);
}

const qty = (value: string) => decimal(value.replace(/(\.\d*?)0+$/, "$1").replace(/\.$/, ""));
const named =
  (entity: string) =>
  (value: unknown): Cell => ({
    text: (value as Named).name || `№ ${(value as Named).id}`,
    to: cardPath(entity, (value as Named).id),
  });
const number =
  (write: (value: unknown) => string) =>
  (value: unknown): Cell => ({ text: write(value), plain: Number(value) });

/* Figures that are a word to the server, as HHI, are still written as figures. */
export const figureText = (value: unknown) =>
  /^-?\d+\.\d+$/.test(String(value)) ? decimal(String(value)) : String(value);

const writers: Record<CellType, (value: unknown) => Cell> = {
  text: (value) => ({ text: figureText(value) }),
  class: (value) => ({ text: className(value) }),
  count: number((value) => whole(Number(value))),
  days: number((value) => whole(Number(value))),
  money: number((value) => money(String(value))),
  qty: number((value) => qty(String(value))),
  share: number((value) => percent(Number(value))),
  factor: number((value) => percent(Number(value) * 100, 0)),
  day: (value) => ({ text: day(String(value)), order: String(value) }),
  month: (value) => ({ text: month(String(value)), order: String(value) }),
  client: named("client"),
  product: named("product"),
  list: (value) => ({ text: t(`table.${String(value)}`) }),
};

/* Where a column holds large sums the minor units are left to the pointer and to the files. */
const LARGE = 100_000;
const isLarge = ({ key, type }: Column, rows: Record<string, unknown>[]) =>
  type === "money" && rows.some((row) => Math.abs(Number(row[key] ?? 0)) >= LARGE);

/* Figures that speak of a change carry their sign and its colour. */
const changes = new Set(["growth", "change"]);

export function cellOf({ key, type }: Column, value: unknown, large = false, whole?: unknown): Cell {
  if (value === null || value === undefined || value === "")
    return { text: type === "product" ? t("class.no_product") : "—", tone: "dim" };
  const cell = large
    ? { text: wholeMoney(String(whole ?? value)), plain: Number(value), full: money(String(value)) }
    : writers[type](value);
  if (!changes.has(key) || type === "class" || type === "text") return cell;
  const n = Number(value);
  return { ...cell, text: signed(cell.text, n), tone: n < 0 ? "bad" : "good" };
}

const right = new Set<CellType>(["count", "days", "money", "qty", "share", "factor"]);
const isRight = ({ key, type }: Column) => right.has(type) || key === "hhi";

/* What a half-width table can do without: it follows from the columns that stay. */
const folded = new Set([
  "average",
  "documents",
  "due",
  "expected",
  "rank_amount",
  "rank_growth",
  "rank_margin",
  "rhythm",
]);
const foldedOnPhones = new Set([...folded, "items_share", "cumulative", "last", "best", "class"]);
const foldOf = ({ key }: Column, all: Column[]) =>
  all.length > 5 && folded.has(key)
    ? "half"
    : all.length > 4 && foldedOnPhones.has(key) && all[0]?.key !== key
      ? "phone"
      : undefined;

type Door = (row: Record<string, unknown>, key: string) => string | undefined;

/** The whole table; `door` says where the first cell of a row leads, and those of the columns in `doors`; where it says
 * nothing a name leads to its card. */
export function figuresOf(table: Table | undefined, door?: Door, skip: string[] = [], doors: string[] = []): Figures {
  const columns = (table?.columns ?? []).filter((column) => !skip.includes(column.key));
  const rows = table?.rows ?? [];
  const large = columns.map((column) => isLarge(column, rows));
  for (const keys of together(columns)) {
    const at = keys.map((key) => columns.findIndex((column) => column.key === key));
    if (at.some((place) => large[place])) for (const place of at) large[place] = true;
  }
  const adding = wholeFigures(columns, rows);
  return {
    head: columns.map((column) => ({
      name: column.key,
      label: column.label,
      right: isRight(column),
      wide: column.type === "client" || column.type === "product" || column.key === "flag",
      fold: foldOf(column, columns),
    })),
    rows: rows.map((row) =>
      columns.map((column, at) => {
        const cell = cellOf(column, row[column.key], large[at], adding.get(row)?.[column.key]);
        return door && (at === 0 || doors.includes(column.key))
          ? { ...cell, to: door(row, column.key) ?? cell.to }
          : cell;
      }),
    ),
  };
}

/** The measure asked for, in full. */
export const measured = (answer: Answer) => (value: unknown) =>
  value === null || value === undefined
    ? "—"
    : answer.settings.measure === "quantity"
      ? qty(String(value))
      : money(String(value));
