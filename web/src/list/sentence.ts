// A filter as a person would say it: "Город содержит «Пермь»", "Клиент · Город: Омск или Состояние: архив", "Продажи:
// нет таких, где Дата: не раньше чем 14 дней назад".
import type { Counted, Filter, Form, Leaf, Meta, Operand, Title, Value } from "@/api/shapes";
import { spanWords } from "@/core/rhythm";
import { t, tn } from "@/core/words";
import { valueText } from "@/fields/fieldText";
import { kindName } from "@/fields/link";
import { countOf, isCounted, isForm, isLeaf, nameOf, type Named, rowsNamed } from "@/list/conditions";

export type Titles = Record<string, Title>;

/** Whose records a condition is about, and what is known to read it. */
export interface Reader {
  meta: Meta;
  of: string;
  titles: Titles;
  /** Of `where`: whose rows those are. */
  outer?: string;
}

const anchors = /^(week|month|quarter|year)\.(start|end)/;

/* A number of days is days, everything else a span. */
function awayInWords(away: string) {
  const ahead = !away.startsWith("-");
  const text = away.replace(/^[+-]\s*/, "");
  if (/^\d+$/.test(text)) return tn(ahead ? "web.filter.days_ahead" : "web.filter.days_ago", Number(text));
  return t(ahead ? "web.filter.span_ahead" : "web.filter.span_ago", { span: spanWords(text) });
}

/** "сегодня", "14 дней назад", "начала месяца", "начала квартала, 1 день назад" */
export function dayInWords(text: string) {
  if (text === "0") return t("web.filter.today");
  const [, anchor, away] = /^((?:week|month|quarter|year)\.(?:start|end))?(.*)$/.exec(text) ?? [];
  const parts = [anchor && t(`web.filter.anchor.${anchor.replace(".", "_")}`), away && awayInWords(away)];
  return parts.filter(Boolean).join(", ");
}

function formInWords(form: Form, reader: Reader) {
  if ("me" in form) return t("web.filter.me");
  if ("team" in form) return t("web.filter.team");
  if ("day" in form) return dayInWords(form.day);
  if ("now" in form) return form.now === "0" ? t("web.filter.now") : awayInWords(form.now);
  const [of, path] = "row" in form ? [reader.outer ?? reader.of, form.row] : [reader.of, form.field];
  return nameOf(reader.meta, of, path)?.label ?? path;
}

function valueInWords(named: Named | undefined, value: Operand, reader: Reader) {
  if (isForm(value)) return formInWords(value, reader);
  if (!named) return String(value);
  const wholeDay = named.field.type === "moment" && /^\d{4}-\d\d-\d\d$/.test(String(value));
  const field = wholeDay ? { ...named.field, type: "day" as const } : named.field;
  const text = valueText(field, value as Value, reader.titles[`${named.field.name} ${String(value)}`]);
  return named.field.type === "text" ? t("web.filter.quoted", { text }) : text;
}

/* "с начала месяца", "до конца года", "не раньше чем 14 дней назад", "с 4 марта" */
function dayKey(leaf: Leaf) {
  const value = leaf.value as Operand;
  if (leaf.op !== "from" && leaf.op !== "to") return leaf.op;
  if (!isForm(value)) return `day_${leaf.op}`;
  if ("day" in value && anchors.test(value.day)) return leaf.op === "from" ? "since" : "until";
  return `relative_${leaf.op}`;
}

function leafInWords(leaf: Leaf, reader: Reader) {
  const named = nameOf(reader.meta, reader.of, leaf.field);
  if (leaf.field === "id" && Array.isArray(leaf.value)) return tn("web.filter.chosen", leaf.value.length);
  const values = Array.isArray(leaf.value) ? leaf.value : [leaf.value];
  const value = values
    .map((each) => (leaf.op === "of" ? kindName(String(each)) : valueInWords(named, each, reader)))
    .join(", ");
  const day = named?.field.type === "day" || named?.field.type === "moment";
  return t(`web.filter.${day ? dayKey(leaf) : leaf.op}`, { field: named?.label ?? leaf.field, value });
}

/* "Продажи: не меньше 3, где …" */
function countInWords(filter: Counted, reader: Reader) {
  const count = countOf(filter) ?? "some";
  const rows = rowsNamed(reader.meta, reader.of, filter);
  const where = (filter.where ?? []).map((part) =>
    sentence(part, { ...reader, of: rows?.entity ?? "", outer: reader.of }),
  );
  const key = count === "some" || count === "none" ? count : `count_${filter.op ?? "is"}`;
  const value = filter.value === undefined ? "" : valueInWords(undefined, filter.value, reader);
  const list = rows?.label ?? String(filter[count]);
  if (!where.length) return t(`web.filter.rows.${key}`, { list, value });
  return t(`web.filter.rows_where.${key}`, { list, value, where: where.join("; ") });
}

/* A group inside another stands in brackets. */
const inside = (filter: Filter, reader: Reader) => {
  const text = sentence(filter, reader);
  const group = ("all" in filter && filter.all.length > 1) || ("any" in filter && filter.any.length > 1);
  return group ? `(${text})` : text;
};

export function sentence(filter: Filter, reader: Reader): string {
  if (isLeaf(filter)) return leafInWords(filter, reader);
  if (isCounted(filter)) return countInWords(filter, reader);
  if ("not" in filter) return t("web.filter.not", { text: sentence(filter.not, reader) });
  const [parts, between] =
    "all" in filter ? [filter.all, ` ${t("web.filter.and")} `] : [filter.any, ` ${t("web.filter.or")} `];
  return parts.map((part) => inside(part, reader)).join(between);
}
