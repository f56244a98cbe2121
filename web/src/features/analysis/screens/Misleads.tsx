// Where volume misleads: high by revenue and low by what the firm lives from.
import { SegmentedControl } from "@mantine/core";
import { useCallback } from "react";
import { useLocation } from "wouter";
import { base, figures, type Option, tooltipOf } from "@/chart/base";
import { ChartBox } from "@/chart/ChartBox";
import type { Palette } from "@/chart/palette";
import { tip } from "@/chart/tip";
import { money, whole } from "@/core/number";
import { t } from "@/core/words";
import { type Answer, type Named, rowsOf } from "@/features/analysis/answers";
import { className, figuresOf } from "@/features/analysis/figures";
import { Members } from "@/features/analysis/Members";
import { Parts } from "@/features/analysis/Parts";
import type { ScreenProps } from "@/features/analysis/screen";
import { sizeOf } from "@/features/analysis/useList";
import { cardPath } from "@/list/door";

interface Item {
  client: Named;
  amount: string;
  margin: string | null;
  growth: string;
  rank_amount: number;
  rank_margin: number | null;
  rank_growth: number;
  flag: string | null;
}

/* By margin those whose cost is known and may be seen, where there are any; else all by growth. */
function pointsOf(data: Answer) {
  const items = rowsOf<Item>(data, "items");
  const known = items.filter((item) => item.rank_margin !== null);
  const by = known.length ? "rank_margin" : "rank_growth";
  return { by, items: (known.length ? known : items).map((item) => ({ ...item, other: Number(item[by]) })) };
}

export default function Misleads(props: ScreenProps) {
  const { data, settings, change, sheet } = props;
  const [, go] = useLocation();
  const draw = useCallback(
    (p: Palette): Option => {
      const { by, items } = pointsOf(data);
      const last = Math.max(...items.map((each) => each.rank_amount), 2);
      const lowest = Math.ceil(last * 1.1);
      const other = t(`head.${by}`);
      const axis = (name: string) => ({
        ...figures(p, whole),
        inverse: true,
        min: 1,
        max: lowest,
        name,
        nameLocation: "middle" as const,
        nameGap: 36,
        nameTextStyle: { color: p.dim },
      });
      return {
        ...base(p),
        grid: { left: 52, right: 16, top: 16, bottom: 44 },
        tooltip: {
          ...tooltipOf(p),
          formatter: (at: { dataIndex: number }) => {
            const one = items[at.dataIndex];
            return one
              ? tip(
                  one.client.name,
                  [
                    [t("head.rank_amount"), whole(one.rank_amount)],
                    [other, whole(one.other)],
                    [t("web.measure.revenue"), money(one.amount)],
                  ],
                  one.flag ?? undefined,
                )
              : "";
          },
        },
        xAxis: { ...axis(t("head.rank_amount")), inverse: false },
        yAxis: axis(other),
        series: [
          {
            type: "scatter",
            cursor: "pointer",
            data: items.map((each) => ({
              value: [each.rank_amount, Math.min(each.other, lowest)],
              itemStyle: { color: each.flag ? p.bad : p.accent, opacity: each.flag ? 1 : 0.45 },
              symbol: each.flag ? "diamond" : "circle",
              symbolSize: each.flag ? 13 : 8,
            })),
            markLine: {
              silent: true,
              symbol: "none",
              lineStyle: { color: p.dim, type: "dotted" },
              label: { show: false },
              data: [[{ coord: [1, 1] }, { coord: [last, last] }]],
            },
          },
        ],
      };
    },
    [data],
  );
  const shown = pointsOf(data).items.length;
  const { all } = sizeOf(data, "items");
  const first = shown < all ? t("web.misleads.first", { n: whole(shown), all: whole(all) }) : "";
  return (
    <Parts wide>
      <ChartBox
        title={t("web.misleads.title")}
        note={`${t("web.misleads.note")} ${first}`}
        height={380}
        sheet={sheet}
        draw={draw}
        onClick={(at) => {
          const one = pointsOf(data).items[at.dataIndex];
          if (one) go(cardPath("client", one.client.id));
        }}
        table={figuresOf(data.tables.items)}
      />
      <SegmentedControl
        w="max-content"
        maw="100%"
        className="screen-only"
        aria-label={t("head.flag")}
        value={settings.cell ?? ""}
        onChange={(cell) => change({ cell })}
        data={["", "flagged", ...(data.coverage ? ["loss"] : [])].map((value) => ({
          value,
          label: value ? className(value) : t("web.misleads.all"),
        }))}
      />
      <Members {...props} />
    </Parts>
  );
}
