// Who buys in rhythm, who slips, who is lost, and the dated log of how many went from one to another.
import { useCallback } from "react";
import { base, categories, figures, type Option } from "@/chart/base";
import { ChartBox } from "@/chart/ChartBox";
import type { Palette } from "@/chart/palette";
import { tip } from "@/chart/tip";
import { whole } from "@/core/number";
import { t } from "@/core/words";
import { rowsOf } from "@/features/analysis/answers";
import { className, figuresOf, measured } from "@/features/analysis/figures";
import { ListBox } from "@/features/analysis/ListBox";
import { Members } from "@/features/analysis/Members";
import { Parts } from "@/features/analysis/Parts";
import { cellPath, type ScreenProps } from "@/features/analysis/screen";
import { TableBox } from "@/features/analysis/TableBox";
import { sizeOf } from "@/features/analysis/useList";

interface Line {
  status: string;
  clients: number;
  amount: string;
}

const toneOf = (p: Palette, status: string) =>
  ({ new: p.good, active: p.accent, slipping: p.warn, at_risk: p.bad })[status] ?? p.dim;

export default function Status(props: ScreenProps) {
  const { name, data, settings, change, sheet } = props;
  const draw = useCallback(
    (p: Palette): Option => {
      const lines = rowsOf<Line>(data, "statuses");
      const common = base(p);
      return {
        ...common,
        grid: { left: 8, right: 64, top: 8, bottom: 8, containLabel: true },
        xAxis: figures(p),
        yAxis: {
          ...categories(
            p,
            lines.map((each) => className(each.status)),
          ),
          inverse: true,
          axisLabel: { color: p.text, fontFamily: p.font },
        },
        tooltip: {
          ...(common.tooltip as object),
          formatter: (at: { dataIndex: number }[]) => {
            const one = lines[at[0]?.dataIndex ?? 0];
            return one
              ? tip(className(one.status), [
                  [t("web.analysis.of.client"), whole(one.clients)],
                  [t("web.amount"), measured(data)(one.amount)],
                ])
              : "";
          },
        },
        series: [
          {
            type: "bar",
            barMaxWidth: 30,
            cursor: "pointer",
            label: {
              show: true,
              position: "right",
              color: p.text,
              fontFamily: p.font,
              formatter: (at: { value: number }) => whole(at.value),
            },
            data: lines.map((each) => ({
              value: each.clients,
              itemStyle: { color: toneOf(p, each.status), borderRadius: [0, 2, 2, 0] },
            })),
          },
        ],
      };
    },
    [data],
  );
  const table = figuresOf(data.tables.statuses, (row) => cellPath(name, settings, String(row.status)));
  const moved = (row: Record<string, unknown>, key: string) =>
    key === "clients"
      ? cellPath(name, settings, `moved-${String(row.day)}-${String(row.from ?? "")}>${String(row.to)}`)
      : undefined;
  return (
    <>
      <Parts>
        <ChartBox
          title={t("web.status.title")}
          height={280}
          sheet={sheet}
          draw={draw}
          onClick={(at) => change({ cell: rowsOf<Line>(data, "statuses")[at.dataIndex]?.status })}
          table={table}
        />
        <TableBox title={data.tables.statuses?.title ?? ""} table={table} />
      </Parts>
      <Parts wide>
        <Members {...props} />
        {sizeOf(data, "log").all > 0 && (
          <ListBox
            name={name}
            data={data}
            settings={settings}
            list="log"
            note={<p>{t("web.status.log_note")}</p>}
            figures={(log) => figuresOf(log, moved, [], ["clients"])}
          />
        )}
      </Parts>
    </>
  );
}
