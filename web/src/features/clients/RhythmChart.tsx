// On which days a client bought during the last year: a calendar, darker where more was bought.
import { useCallback, useMemo } from "react";
import type { Option } from "@/chart/base";
import { textOf, tooltipOf } from "@/chart/base";
import { ChartBox } from "@/chart/ChartBox";
import { between, type Palette } from "@/chart/palette";
import { tip } from "@/chart/tip";
import { day, monthName, monthsAfter, today } from "@/core/day";
import { money } from "@/core/number";
import { t, tn } from "@/core/words";
import type { ClientWorth } from "@/features/clients/useClientCard";
import { useNarrow } from "@/ui/useNarrow";

const numbers = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12];

/* Thirds of the days by amount, so that one large purchase does not pale all others. */
function steps(amounts: number[]) {
  const sorted = [...amounts].sort((a, b) => a - b);
  const at = (part: number) => sorted[Math.floor(sorted.length * part)] ?? 0;
  return [at(1 / 3), at(2 / 3)] as const;
}

export function RhythmChart({ rhythm }: { rhythm: ClientWorth["rhythm"] }) {
  const narrow = useNarrow();
  const from = monthsAfter(today(), narrow ? -5 : -11);
  const days = useMemo(() => rhythm.days.filter((each) => each.day >= from), [rhythm.days, from]);
  const draw = useCallback(
    (p: Palette, width: number): Option => {
      const [low, high] = steps(days.map((each) => Number(each.amount)));
      const shade = (amount: number) =>
        amount < 0 ? p.bad : amount < low ? p.soft : amount < high ? between(p.soft, p.accent) : p.accent;
      const cell = Math.max(9, Math.min(17, Math.floor((width - 56) / (narrow ? 28 : 54))));
      return {
        animation: false,
        tooltip: {
          ...tooltipOf(p),
          formatter: (at: { value: [string, number] }) =>
            tip(day(at.value[0]), [[t("web.client.bought"), money(at.value[1].toFixed(2))]]),
        },
        calendar: {
          left: 40,
          top: 24,
          cellSize: [cell, cell],
          range: [from, today()],
          splitLine: { lineStyle: { color: p.dim, width: 1, opacity: 0.5 } },
          itemStyle: { color: p.surface, borderColor: p.line, borderWidth: 1 },
          yearLabel: { show: false },
          dayLabel: {
            firstDay: 1,
            nameMap: t("web.weekdays")
              .split(" ")
              .map((name, at) => (at % 2 || cell > 14 ? name : "")),
            ...textOf(p),
          },
          monthLabel: { nameMap: numbers.map(monthName), ...textOf(p) },
        },
        series: [
          {
            type: "scatter",
            coordinateSystem: "calendar",
            symbol: "roundRect",
            symbolSize: cell - 1,
            data: days.map((each) => ({
              value: [each.day, Number(each.amount)],
              itemStyle: { color: shade(Number(each.amount)) },
            })),
          },
        ],
      };
    },
    [days, from, narrow],
  );
  return (
    <ChartBox
      title={t("web.client.rhythm_title")}
      note={rhythm.rhythm ? tn("web.client.rhythm", Math.max(1, Math.round(Number(rhythm.rhythm)))) : undefined}
      height={156}
      draw={draw}
      table={{
        head: [{ label: t("web.day") }, { label: t("web.client.bought"), right: true }],
        rows: [...days].reverse().map((each) => [
          { text: day(each.day), order: each.day },
          { text: money(each.amount), plain: Number(each.amount) },
        ]),
      }}
    />
  );
}
