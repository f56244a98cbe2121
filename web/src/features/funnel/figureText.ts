// A figure of a metric in its unit, and what has become of it.
import { decimal, percent, wholeMoney } from "@/core/number";
import { t } from "@/core/words";
import type { Answer, Cell } from "@/features/funnel/useAnswer";

export function figureText(unit: Answer["metrics"][number]["unit"], value: Cell["value"] | undefined, few?: boolean) {
  if (few) return t("web.funnel.too_few");
  if (value === null || value === undefined) return "—";
  if (unit === "money") return wholeMoney(String(value));
  if (unit === "ratio") return percent(100 * Number(value));
  return decimal(String(unit === "days" ? Math.round(10 * Number(value)) / 10 : value));
}

/** The change in percent, and whether it is good; null: there is nothing to compare. */
export function changeOf(direction: Answer["metrics"][number]["direction"], { value, than }: Cell) {
  if (value === null || than === null || than === undefined || !Number(than)) return null;
  const change = (100 * (Number(value) - Number(than))) / Number(than);
  const better = direction === "up" ? change > 0 : change < 0;
  return { change, tone: !change || direction === "none" ? "dim" : better ? "good" : "bad" } as const;
}
