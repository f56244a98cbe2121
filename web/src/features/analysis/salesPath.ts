// The list of sales and returns behind an amount of some days: the same channel and seller, so the same sum.
import type { Filter } from "@/api/shapes";
import { may, type useSession } from "@/api/useSession";
import { daysAfter, monthsAfter } from "@/core/day";
import type { AnswerSettings } from "@/features/analysis/answers";
import { asFilter, listPath } from "@/list/useListUrl";

/* The last day of a period as an answer names it: "2026", "2026-03", or a week's Monday. */
const endOf = (period: string) =>
  period.length === 4
    ? `${period}-12-31`
    : period.length === 7
      ? daysAfter(monthsAfter(period, 1), -1)
      : daysAfter(period, 6);
const beginOf = (period: string) =>
  period.length === 4 ? `${period}-01-01` : period.length === 7 ? `${period}-01` : period;

/** Sales and returns of these days, of one client or of all. */
export function salesOfDays(
  session: ReturnType<typeof useSession>,
  settings: AnswerSettings,
  from: string,
  to: string,
  client?: number,
) {
  if ((settings.class && !client) || settings.measure !== "revenue" || !may(session, "sale", "view")) return undefined;
  const parts: Filter[] = [
    { field: "day", op: "from", value: from },
    { field: "day", op: "to", value: to },
  ];
  if (client) parts.push({ field: "client_id", op: "is", value: client });
  if (settings.channel) parts.push({ field: "channel_id", op: "is", value: Number(settings.channel) });
  if (settings.seller) parts.push({ field: "seller_id", op: "is", value: Number(settings.seller) });
  return listPath("/sales", asFilter(parts));
}

/** Where a figure of a period leads; nowhere when a class narrows it, which a sale does not know, or when it is no
 * revenue. */
export function salesPath(session: ReturnType<typeof useSession>, settings: AnswerSettings, period: string) {
  const [begin, end] = [beginOf(period), endOf(period)];
  return salesOfDays(
    session,
    settings,
    begin < settings.from ? settings.from : begin,
    end > settings.to ? settings.to : end,
  );
}
