// What a client is worth and what comes next, said in words first.
import { daysBetween, dayInWords, today } from "@/core/day";
import { money, percent, signed } from "@/core/number";
import { t, tn } from "@/core/words";
import type { ClientWorth } from "@/features/clients/useClientCard";
import css from "@/features/clients/Worth.module.css";

const change = (now: number, before: number) => (before > 0 ? ((now - before) / before) * 100 : null);

export function worthInWords({ rhythm, totals }: ClientWorth): string {
  if (!rhythm.last) return t("web.client.no_sales");
  const growth = change(Number(totals.year), Number(totals.year_before));
  const first = growth === null ? t("web.client.year", { amount: money(totals.year) }) : t("web.client.year_change", { amount: money(totals.year), change: signed(percent(growth, 0), growth) });
  return `${first} ${t("web.client.last", { day: dayInWords(rhythm.last), ago: tn("web.client.days_ago", Math.max(0, daysBetween(rhythm.last, today()))) })}`;
}

export function nextInWords({ rhythm }: ClientWorth): { text: string; late: boolean } | null {
  if (!rhythm.rhythm || !rhythm.next_expected) return null;
  const late = daysBetween(rhythm.next_expected, today());
  const usual = tn("web.client.rhythm", Math.max(1, Math.round(Number(rhythm.rhythm))));
  return late > 0
    ? { text: `${usual} ${tn("web.client.late", late)}`, late: true }
    : { text: `${usual} ${t("web.client.next", { day: dayInWords(rhythm.next_expected) })}`, late: false };
}

export function Worth({ card }: { card: ClientWorth }) {
  const next = nextInWords(card);
  return (
    <div className={css.worth}>
      <p className={css.sentence}>{worthInWords(card)}</p>
      {next && (
        <p className={css.next} data-late={next.late || undefined}>
          {next.text}
        </p>
      )}
    </div>
  );
}
