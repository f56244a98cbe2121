// How the client base grows: who came, who went, where they came from.
import { useCallback } from "react";
import { base, categories, figures, type Option } from "@/chart/base";
import { ChartBox } from "@/chart/ChartBox";
import type { Palette } from "@/chart/palette";
import { tip } from "@/chart/tip";
import { month } from "@/core/day";
import { whole } from "@/core/number";
import { t } from "@/core/words";
import { type Answer, rowsOf } from "@/features/analysis/answers";
import { figuresOf } from "@/features/analysis/figures";
import { Members } from "@/features/analysis/Members";
import { Parts } from "@/features/analysis/Parts";
import { cellPath, type ScreenProps } from "@/features/analysis/screen";
import { TableBox } from "@/features/analysis/TableBox";

interface Line {
  month: string;
  came: number;
  lost: number;
  total: number;
}

interface Came {
  month: string;
  source: string;
  clients: number;
}

/* The room a name takes in a legend. */
const LEGEND = 130;

const bySize = (data: Answer) =>
  [...rowsOf<{ source: string; clients: number }>(data, "sources")].sort((a, b) => b.clients - a.clients);

export default function Growth(props: ScreenProps) {
  const { name, data, settings, change, sheet } = props;
  const months = figuresOf(
    data.tables.months,
    (row, key) => cellPath(name, settings, `${key === "total" ? "till" : key}-${row.month}`),
    [],
    ["came", "bought", "lost", "total"],
  );
  const draw = useCallback(
    (p: Palette): Option => {
      const months = rowsOf<Line>(data, "months");
      const common = base(p);
      return {
        ...common,
        legend: { bottom: 0, textStyle: { color: p.dim, fontFamily: p.font }, itemWidth: 14, itemHeight: 8 },
        grid: { left: 8, right: 8, top: 24, bottom: 34, containLabel: true },
        xAxis: categories(
          p,
          months.map((each) => month(each.month)),
        ),
        yAxis: [figures(p, whole), { ...figures(p, whole), splitLine: { show: false } }],
        tooltip: {
          ...(common.tooltip as object),
          formatter: (at: { dataIndex: number }[]) => {
            const one = months[at[0]?.dataIndex ?? 0];
            return one
              ? tip(month(one.month), [
                  [t("web.growth.came"), whole(one.came)],
                  [t("web.growth.lost"), whole(one.lost)],
                  [t("web.growth.total"), whole(one.total)],
                ])
              : "";
          },
        },
        series: [
          {
            name: t("web.growth.came"),
            type: "bar",
            stack: "moves",
            barMaxWidth: 30,
            itemStyle: { color: p.accent },
            data: months.map((each) => each.came),
          },
          {
            name: t("web.growth.lost"),
            type: "bar",
            stack: "moves",
            barMaxWidth: 30,
            itemStyle: { color: p.bad },
            data: months.map((each) => -each.lost),
          },
          {
            name: t("web.growth.total"),
            type: "line",
            yAxisIndex: 1,
            showSymbol: false,
            lineStyle: { color: p.dim, width: 2 },
            itemStyle: { color: p.dim },
            data: months.map((each) => each.total),
          },
        ],
      };
    },
    [data],
  );
  const bySource = useCallback(
    (p: Palette, width: number): Option => {
      const came = rowsOf<Came>(data, "came");
      const months = rowsOf<Line>(data, "months").map((each) => each.month);
      const sources = bySize(data).map((each) => each.source);
      const lines = Math.ceil((sources.length * LEGEND) / width);
      const shade = (at: number) => ({
        color: p.accent,
        opacity: 1 - (0.8 * at) / Math.max(1, sources.length - 1 || 1),
      });
      return {
        ...base(p),
        legend: { bottom: 0, textStyle: { color: p.dim, fontFamily: p.font }, itemWidth: 14, itemHeight: 8 },
        grid: { left: 8, right: 8, top: 24, bottom: 12 + 22 * lines, containLabel: true },
        xAxis: categories(p, months.map(month)),
        yAxis: figures(p, whole),
        tooltip: {
          ...(base(p).tooltip as object),
          formatter: (at: { dataIndex: number }[]) => {
            const one = months[at[0]?.dataIndex ?? 0] ?? "";
            return tip(
              month(one),
              came.filter((each) => each.month === one).map((each) => [each.source, whole(each.clients)]),
            );
          },
        },
        series: sources.map((source, at) => ({
          name: source,
          type: "bar",
          stack: "all",
          barMaxWidth: 30,
          itemStyle: shade(at),
          data: months.map((one) => came.find((each) => each.month === one && each.source === source)?.clients ?? 0),
        })),
      };
    },
    [data],
  );
  return (
    <>
      <Parts wide>
        <ChartBox
          title={t("web.growth.title")}
          height={320}
          sheet={sheet}
          draw={draw}
          onClick={(at) => {
            const part = ["came", "lost", "till"][at.seriesIndex ?? 0];
            change({ cell: `${part}-${rowsOf<Line>(data, "months")[at.dataIndex]?.month}` });
          }}
          table={months}
        />
        <TableBox title={data.tables.months?.title ?? ""} table={months} />
      </Parts>
      <Parts>
        {data.tables.sources && (
          <TableBox
            title={data.tables.sources.title}
            table={figuresOf({ ...data.tables.sources, rows: bySize(data) }, (row) =>
              cellPath(name, settings, `from-${row.source}`),
            )}
          />
        )}
        <ChartBox
          title={t("web.growth.by_source")}
          height={280}
          draw={bySource}
          table={figuresOf(data.tables.came, (row) => cellPath(name, settings, `came-${row.month}-from-${row.source}`))}
        />
      </Parts>
      <Parts wide>
        <Members {...props} />
      </Parts>
    </>
  );
}
