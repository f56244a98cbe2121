// The working base today: how many clients and how much money stand in each class and status.
import { useCallback } from "react";
import { useLocation } from "wouter";
import { base, categories, figures, type Option } from "@/chart/base";
import { ChartBox } from "@/chart/ChartBox";
import type { Palette } from "@/chart/palette";
import { tip } from "@/chart/tip";
import { whole } from "@/core/number";
import { t } from "@/core/words";
import { type Answer, rowsOf } from "@/features/analysis/answers";
import { className, figuresOf, measured } from "@/features/analysis/figures";
import { Parts } from "@/features/analysis/Parts";
import { cellPath, type ScreenProps } from "@/features/analysis/screen";
import type { Settings } from "@/features/analysis/useAnalysis";

interface Line {
  kind: string;
  value: string;
  clients: number;
  amount: string;
}

const kinds = ["status", "abc", "xyz"];

export default function WorkingBase({ data, settings, sheet }: ScreenProps) {
  return (
    <Parts>
      {kinds.map((kind) => (
        <Kind key={kind} kind={kind} data={data} settings={settings} sheet={sheet} />
      ))}
    </Parts>
  );
}

function Kind({ kind, data, settings, sheet }: { kind: string; data: Answer; settings: Settings; sheet?: string }) {
  const [, go] = useLocation();
  const table = data.tables.categories;
  const lines = rowsOf<Line>(data, "categories").filter((line) => line.kind === kind);
  const { from, to, as_of } = data.settings;
  // The month that has not ended is here, and nowhere else unless asked for.
  const asShown = { ...settings, from, to, as_of };
  const draw = useCallback(
    (p: Palette): Option => {
      const shown = rowsOf<Line>(data, "categories").filter((line) => line.kind === kind);
      const common = base(p);
      return {
        ...common,
        grid: { left: 8, right: 64, top: 8, bottom: 8, containLabel: true },
        xAxis: figures(p),
        yAxis: {
          ...categories(
            p,
            shown.map((line) => className(line.value)),
          ),
          inverse: true,
          axisLabel: { color: p.text, fontFamily: p.font },
        },
        tooltip: {
          ...(common.tooltip as object),
          formatter: (at: { dataIndex: number }[]) => {
            const one = shown[at[0]?.dataIndex ?? 0];
            return one
              ? tip(className(one.value), [
                  [t("web.analysis.of.client"), whole(one.clients)],
                  [t("web.amount"), measured(data)(one.amount)],
                ])
              : "";
          },
        },
        series: [
          {
            type: "bar",
            barMaxWidth: 28,
            cursor: "pointer",
            itemStyle: { color: p.accent, borderRadius: [0, 2, 2, 0] },
            label: {
              show: true,
              position: "right",
              color: p.text,
              fontFamily: p.font,
              formatter: (at: { dataIndex: number }) => whole(shown[at.dataIndex]?.clients ?? 0),
            },
            data: shown.map((line) => Number(line.amount)),
          },
        ],
      };
    },
    [data, kind],
  );
  const path = (line: Record<string, unknown>) => cellPath(kind, asShown, String(line.value));
  const figuresHere = figuresOf(
    table && {
      ...table,
      columns: table.columns.filter((column) => column.key !== "kind"),
      rows: lines as unknown as Record<string, unknown>[],
    },
    path,
  );
  return (
    <ChartBox
      title={className(kind)}
      note={t("web.working.note")}
      height={40 + lines.length * 38}
      sheet={sheet}
      draw={draw}
      onClick={(at) => {
        const line = lines[at.dataIndex];
        if (line) go(cellPath(kind, asShown, line.value));
      }}
      table={figuresHere}
    />
  );
}
