// What a client brought, month by month, over the last two years.
import { useCallback } from "react";
import { base, categories, figures, type Option } from "@/chart/base";
import { ChartBox } from "@/chart/ChartBox";
import type { Palette } from "@/chart/palette";
import { tip } from "@/chart/tip";
import { month } from "@/core/day";
import { money } from "@/core/number";
import { t } from "@/core/words";
import type { ClientWorth } from "@/features/clients/useClientCard";

export function RevenueChart({ months }: { months: ClientWorth["revenue"] }) {
  const draw = useCallback(
    (p: Palette): Option => ({
      ...base(p),
      xAxis: categories(
        p,
        months.map((each) => month(each.month)),
      ),
      yAxis: figures(p),
      tooltip: {
        ...(base(p).tooltip as object),
        formatter: (at: { dataIndex: number }[]) => {
          const one = months[at[0]?.dataIndex ?? 0];
          return one
            ? tip(month(one.month), [
                [t("web.client.revenue"), money(one.amount)],
                ...(one.margin ? [[t("web.client.margin"), money(one.margin)] as [string, string]] : []),
              ])
            : "";
        },
      },
      series: [
        {
          type: "bar",
          data: months.map((each) => Number(each.amount)),
          itemStyle: { color: p.accent, borderRadius: [2, 2, 0, 0] },
          barMaxWidth: 28,
        },
      ],
    }),
    [months],
  );
  const margin = months.some((each) => each.margin);
  return (
    <ChartBox
      title={t("web.client.revenue_by_month")}
      height={220}
      draw={draw}
      table={{
        head: [
          { label: t("web.month") },
          { label: t("web.client.revenue"), right: true },
          ...(margin ? [{ label: t("web.client.margin"), right: true }] : []),
        ],
        rows: months.map((each) => [
          { text: month(each.month), order: each.month },
          { text: money(each.amount), plain: Number(each.amount) },
          ...(margin ? [{ text: money(each.margin), plain: Number(each.margin) }] : []),
        ]),
      }}
    />
  );
}
