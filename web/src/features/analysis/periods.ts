// The periods people mean, counted back from the last sale there is, so that an old history is not asked about an empty
// year.
import { day, daysAfter, monthsAfter, today } from "@/core/day";
import { t } from "@/core/words";

export interface Period {
  key: string;
  from: string;
  to: string;
}

export interface Span {
  earliest: string | null;
  latest: string | null;
}

/* The first has no days of its own: the server's usual twelve months. */
export function periods({ earliest, latest }: Span): Period[] {
  const last = latest ?? today();
  const year = Number(last.slice(0, 4));
  const quarter = monthsAfter(last, -((Number(last.slice(5, 7)) - 1) % 3));
  return [
    { key: "twelve", from: "", to: "" },
    { key: "year", from: `${year}-01-01`, to: last },
    { key: "last_year", from: `${year - 1}-01-01`, to: `${year - 1}-12-31` },
    { key: "quarter", from: quarter, to: last },
    { key: "last_quarter", from: monthsAfter(quarter, -3), to: daysAfter(quarter, -1) },
    { key: "month", from: monthsAfter(last, 0), to: last },
    { key: "last_month", from: monthsAfter(last, -1), to: daysAfter(monthsAfter(last, 0), -1) },
    ...(earliest ? [{ key: "all", from: earliest, to: last }] : []),
  ];
}

export const nameOf = ({ key, from }: Period) =>
  key === "year" || key === "last_year" ? t("web.period.of_year", { year: from.slice(0, 4) }) : t(`web.period.${key}`);

export const daysInWords = (from: string | undefined, to: string | undefined) =>
  from && to ? `${day(from)} – ${day(to)}` : day(from ?? to);
