// Figures in a list: of when they are, and the door from one to the records it comes from.
import type { ReactNode } from "react";
import { Link } from "wouter";
import type { CountMade, Field, Filter, Saved } from "@/api/shapes";
import { day, moment } from "@/core/day";
import { t } from "@/core/words";
import { fieldText } from "@/fields/fieldText";
import { doorPath } from "@/list/door";

export type Counts = Record<string, CountMade> | undefined;

const countOf = (field: Field, counts: Counts) => (field.counted ? counts?.[field.counted] : undefined);

/** When a figure was counted, in words; undefined where it is of this moment. */
export function countedText(field: Field, counts: Counts) {
  const count = countOf(field, counts);
  if (!count) return undefined;
  const at = moment(count.at);
  return field.day && count.from && count.to
    ? t("web.list.counted_of", { at, from: day(count.from), to: day(count.to) })
    : t("web.list.counted", { at });
}

/** The value as a door to the records behind it; undefined where there is none. */
export function figureCell(row: Saved, field: Field, counts: Counts): ReactNode | undefined {
  const count = countOf(field, counts);
  const text = fieldText(field, row);
  if (!text || !Number(row[field.name]) || !count || !field.counts || !field.by || !field.day) return undefined;
  const filter: Filter = {
    all: [
      { field: field.by, op: "is", value: row.id },
      { field: field.day, op: "from", value: count.from },
      { field: field.day, op: "to", value: count.to },
    ],
  };
  const path = doorPath({ entity: field.counts, filter });
  return path ? <Link href={path}>{text}</Link> : undefined;
}
