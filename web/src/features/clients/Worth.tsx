// What a client is worth and what comes next, said in words first.
import { day, daysBetween, dayInWords, today } from "@/core/day";
import { money, percent, signed } from "@/core/number";
import { t, tn } from "@/core/words";
import type { ClientWorth } from "@/features/clients/useClientCard";
import css from "@/features/clients/Worth.module.css";

const change = (now: number, before: number) => (before > 0 ? ((now - before) / before) * 100 : null);

export function worthInWords({ rhythm, totals }: ClientWorth): string {
  if (!rhythm.last) return t("web.client.no_sales");
  const growth = change(Number(totals.year), Number(totals.year_before));
  const first =
    growth === null
      ? t("web.client.year", { amount: money(totals.year) })
      : t("web.client.year_change", { amount: money(totals.year), change: signed(percent(growth, 0), growth) });
  const ago = tn("web.client.days_ago", Math.max(0, daysBetween(rhythm.last, today())));
  return `${first} ${t("web.client.last", { day: dayInWords(rhythm.last), ago })}`;
}

export function nextInWords({ rhythm }: ClientWorth): { text: string; late: boolean } | null {
  if (!rhythm.rhythm || !rhythm.next_expected) return null;
  const late = rhythm.days_late;
  const usual = tn("web.client.rhythm", Math.max(1, Math.round(Number(rhythm.rhythm))));
  return late > 0
    ? { text: `${usual} ${tn("web.client.late", late)}`, late: true }
    : { text: `${usual} ${t("web.client.next", { day: dayInWords(rhythm.next_expected) })}`, late: false };
}

/* The firm's history ends long ago: then status and dates are those of its end, and the card says so. */
const seenFrom = ({ rhythm }: ClientWorth) =>
  rhythm.last && daysBetween(rhythm.as_of, today()) > 1 ? t("web.client.seen_from", { day: day(rhythm.as_of) }) : null;

export function Worth({ card }: { card: ClientWorth }) {
  const next = nextInWords(card);
  const seen = seenFrom(card);
  return (
    <div className={css.worth}>
      <p className={css.sentence}>{worthInWords(card)}</p>
      {next && (
        <p className={css.next} data-late={next.late || undefined}>
          {next.text}
        </p>
      )}
      {seen && <p className={css.next}>{seen}</p>}
    </div>
  );
}
