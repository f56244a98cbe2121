// Who brings most: classes A, B and C, the curve of concentration, where the shape is unusual, and the list from the
// largest down.
import { useCallback } from "react";
import { base, figures, type Option } from "@/chart/base";
import { ChartBox } from "@/chart/ChartBox";
import type { Palette } from "@/chart/palette";
import { tip } from "@/chart/tip";
import { percent } from "@/core/number";
import { t } from "@/core/words";
import { rowsOf } from "@/features/analysis/answers";
import { Deviations } from "@/features/analysis/Deviations";
import { figuresOf } from "@/features/analysis/figures";
import { Members } from "@/features/analysis/Members";
import { Parts } from "@/features/analysis/Parts";
import { cellPath, type ScreenProps } from "@/features/analysis/screen";
import { TableBox } from "@/features/analysis/TableBox";

interface Class {
  class: string;
  items_share: number | string;
}

const asPercent = (n: number) => percent(n, 0);

export default function Abc(props: ScreenProps) {
  const { name, data, settings, sheet } = props;
  const counted = t(`web.analysis.of.${data.settings.of}`);
  const draw = useCallback(
    (p: Palette): Option => {
      let at = 0;
      const marks = rowsOf<Class>(data, "classes")
        .slice(0, 2)
        .map((each) => ({ xAxis: (at += Number(each.items_share)), name: each.class }));
      const curve = rowsOf<{ items_share: number; amount_share: number }>(data, "curve").map((each) => [
        Number(each.items_share),
        Number(each.amount_share),
      ]);
      const common = base(p);
      return {
        ...common,
        grid: { left: 8, right: 24, top: 24, bottom: 24, containLabel: true },
        tooltip: {
          ...(common.tooltip as object),
          axisPointer: { type: "line" },
          formatter: (points: { data: [number, number] }[]) => {
            const point = points[0]?.data;
            return point
              ? tip("", [
                  [counted, percent(point[0])],
                  [t("web.amount"), percent(point[1])],
                ])
              : "";
          },
        },
        xAxis: {
          ...figures(p, asPercent),
          max: 100,
          interval: 20,
          name: counted,
          nameLocation: "middle",
          nameGap: 26,
          nameTextStyle: { color: p.dim },
        },
        yAxis: { ...figures(p, asPercent), max: 100, interval: 20 },
        series: [
          {
            type: "line",
            showSymbol: false,
            data: curve,
            lineStyle: { color: p.accent, width: 2.5 },
            areaStyle: { color: p.accent, opacity: 0.08 },
            markLine: {
              silent: true,
              symbol: "none",
              lineStyle: { color: p.dim, type: "dashed" },
              label: { formatter: "{b}", color: p.dim },
              data: marks,
            },
          },
          {
            type: "line",
            silent: true,
            showSymbol: false,
            data: [
              [0, 0],
              [100, 100],
            ],
            lineStyle: { color: p.dim, width: 1, type: "dotted" },
            tooltip: { show: false },
          },
        ],
      };
    },
    [data, counted],
  );
  return (
    <>
      <Parts lean="left">
        <div>
          <TableBox
            title={data.tables.classes?.title ?? ""}
            table={figuresOf(data.tables.classes, (row) => cellPath(name, settings, String(row.class)))}
          />
          <Deviations data={data} />
        </div>
        <ChartBox
          title={t("web.abc.curve")}
          height={300}
          sheet={sheet}
          draw={draw}
          table={figuresOf(data.tables.curve)}
        />
      </Parts>
      <Parts wide>
        <Members {...props} />
      </Parts>
    </>
  );
}
