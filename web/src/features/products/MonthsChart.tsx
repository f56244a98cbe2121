// What a product sold month by month over the last two years; a month opens its sales.
import { useCallback } from "react";
import { useLocation } from "wouter";
import { base, categories, figures, type Option } from "@/chart/base";
import { ChartBox } from "@/chart/ChartBox";
import type { Palette } from "@/chart/palette";
import { tip, type TipLine } from "@/chart/tip";
import { month } from "@/core/day";
import { money } from "@/core/number";
import { t } from "@/core/words";
import { salesOfMonth } from "@/features/products/doors";
import type { Sold } from "@/features/products/useProductCard";

export function MonthsChart({ id, months }: { id: number; months: Sold["months"] }) {
  const [, go] = useLocation();
  const margins = months.some(({ margin }) => margin !== undefined);
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
          if (!one) return "";
          const lines: TipLine[] = [[t("web.client.revenue"), money(one.amount)]];
          if (one.margin !== undefined) lines.push([t("web.client.margin"), money(one.margin)]);
          return tip(month(one.month), lines);
        },
      },
      series: [
        {
          type: "bar",
          cursor: "pointer",
          barMaxWidth: 28,
          itemStyle: { color: p.accent, borderRadius: [2, 2, 0, 0] },
          data: months.map((each) => Number(each.amount)),
        },
      ],
    }),
    [months],
  );
  return (
    <ChartBox
      title={t("web.product.by_month")}
      height={220}
      draw={draw}
      onClick={({ dataIndex }) => {
        const one = months[dataIndex];
        if (one) go(salesOfMonth(id, one.month));
      }}
      table={{
        head: [
          { label: t("web.month") },
          { label: t("web.client.revenue"), right: true },
          ...(margins ? [{ label: t("web.client.margin"), right: true }] : []),
        ],
        rows: months.map((each) => [
          { text: month(each.month), order: each.month, to: salesOfMonth(id, each.month) },
          { text: money(each.amount), plain: Number(each.amount) },
          ...(margins ? [{ text: money(each.margin), plain: Number(each.margin) }] : []),
        ]),
      }}
    />
  );
}
