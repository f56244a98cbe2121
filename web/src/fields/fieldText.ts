// A value of a field as text: the one place that knows how each type is read.
import { day, moment } from "@/core/day";
import { decimal, money, percent } from "@/core/number";
import { t } from "@/core/words";
import type { Field, Saved, Title, Value } from "@/api/shapes";

type Write = (value: Value, field: Field, title?: Title) => string;

const writers: Record<Field["type"], Write> = {
  text: (value) => String(value),
  int: (value) => decimal(String(value)),
  bool: (value) => t(value ? "web.yes" : "web.no"),
  money: (value) => money(String(value)),
  price: (value) => money(String(value)),
  qty: (value) => decimal(String(value).replace(/(\.\d*?)0+$/, "$1").replace(/\.$/, "")),
  ratio: (value) => percent(String(value)),
  day: (value) => day(String(value)),
  moment: (value) => moment(String(value)),
  choice: (value, field) => field.options?.find((option) => option.key === value)?.label ?? String(value),
  ref: (value, _field, title) => title?.title ?? `№ ${String(value)}`,
};

export function valueText(field: Field, value: Value, title?: Title): string {
  if (value === null || value === undefined || value === "") return "";
  return writers[field.type](value, field, title);
}

export const fieldText = (field: Field, row: Saved | (Record<string, unknown> & { _titles?: Record<string, Title> })) =>
  valueText(field, row[field.name] as Value, row._titles?.[field.name]);

const rightward = new Set<Field["type"]>(["int", "money", "price", "qty", "ratio"]);
export const alignsRight = (field: Field) => rightward.has(field.type);
