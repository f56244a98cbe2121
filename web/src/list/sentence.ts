// A filter as a person would say it: "Город содержит «Пермь»", "Сумма не меньше 10 000 ₽ или Состояние: архив".
import type { Field, Filter, Leaf, Title, Value } from "@/api/shapes";
import { t, tn } from "@/core/words";
import { valueText } from "@/fields/fieldText";
import { kindName } from "@/fields/link";
import { isLeaf } from "@/list/useListUrl";

export type Titles = Record<string, Title>;

function valueInWords(field: Field | undefined, value: Value, titles: Titles) {
  if (!field) return String(value);
  const text = valueText(field, value, titles[`${field.name} ${String(value)}`]);
  return field.type === "text" ? t("web.filter.quoted", { text }) : text;
}

function leafInWords(leaf: Leaf, fields: Field[], titles: Titles) {
  const field = fields.find((each) => each.name === leaf.field);
  if (leaf.field === "id" && Array.isArray(leaf.value)) return tn("web.filter.chosen", leaf.value.length);
  const values = Array.isArray(leaf.value) ? leaf.value : [leaf.value];
  const value = values
    .map((each) => (leaf.op === "of" ? kindName(String(each)) : valueInWords(field, each, titles)))
    .join(", ");
  const day = field?.type === "day" || field?.type === "moment";
  return t(`web.filter.${day && (leaf.op === "from" || leaf.op === "to") ? "day_" : ""}${leaf.op}`, {
    field: field?.label ?? leaf.field,
    value,
  });
}

export function sentence(filter: Filter, fields: Field[], titles: Titles): string {
  if (isLeaf(filter)) return leafInWords(filter, fields, titles);
  if ("not" in filter) return t("web.filter.not", { text: sentence(filter.not, fields, titles) });
  const [parts, between] = "all" in filter ? [filter.all, "; "] : [filter.any, ` ${t("web.filter.or")} `];
  return parts.map((part) => sentence(part, fields, titles)).join(between);
}
