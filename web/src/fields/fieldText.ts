// A value of a field as text: the one place that knows how each type is read.
import { day, moment } from "@/core/day";
import { decimal, inPercent, money } from "@/core/number";
import { rhythmWords, spanWords } from "@/core/rhythm";
import { t } from "@/core/words";
import type { Field, Saved, Title, Value } from "@/api/shapes";
import { linkText } from "@/fields/link";

type Write = (value: Value, field: Field, title?: Title) => string;

const writers: Record<Field["type"], Write> = {
  text: (value) => String(value),
  int: (value) => decimal(String(value)),
  bool: (value) => t(value ? "web.yes" : "web.no"),
  money: (value) => money(String(value)),
  price: (value) => money(String(value)),
  qty: (value) =>
    decimal(
      String(value)
        .replace(/(\.\d*?)0+$/, "$1")
        .replace(/\.$/, ""),
    ),
  ratio: (value) => inPercent(String(value)),
  degree: (value) => `${decimal(String(value))}°`,
  day: (value) => day(String(value)),
  moment: (value) => moment(String(value)),
  choice: (value, field) => field.options?.find((option) => option.key === value)?.label ?? String(value),
  link: (value, _field, title) => linkText(value, title),
  ref: (_value, _field, title) => title?.title ?? "…", // not known yet: a name is never a number,
  rhythm: (value) => rhythmWords(String(value)),
  span: (value) => spanWords(String(value)),
  filter: () => t("web.filter.is_set"),
};

export function valueText(field: Field, value: Value, title?: Title): string {
  if (value === null || value === undefined || value === "") return "";
  return writers[field.type](value, field, title);
}

type Told = Saved | (Record<string, unknown> & { _titles?: Record<string, Title> });

/* The names came with the record: one that is not among them may not be known. */
const isHidden = (field: Field, row: Told) =>
  field.type === "ref" && Boolean(row[field.name] && row._titles && !row._titles[field.name]);

export const fieldText = (field: Field, row: Told) =>
  isHidden(field, row) ? t("web.hidden") : valueText(field, row[field.name] as Value, row._titles?.[field.name]);

const rightward = new Set<Field["type"]>(["int", "money", "price", "qty", "ratio", "degree"]);
export const alignsRight = (field: Field) => rightward.has(field.type);
