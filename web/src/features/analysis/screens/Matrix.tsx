// The nine cells of ABC and XYZ: size by money, the reserve inside, each a door to its clients.
import { useCallback } from "react";
import { type Option, textOf, tooltipOf } from "@/chart/base";
import { ChartBox } from "@/chart/ChartBox";
import { faded, type Palette } from "@/chart/palette";
import { tip } from "@/chart/tip";
import { shortMoney, whole } from "@/core/number";
import { t, tn } from "@/core/words";
import { rowsOf } from "@/features/analysis/answers";
import { figuresOf, measured } from "@/features/analysis/figures";
import { Members } from "@/features/analysis/Members";
import { Parts } from "@/features/analysis/Parts";
import { cellPath, type ScreenProps } from "@/features/analysis/screen";
import { TableBox } from "@/features/analysis/TableBox";

interface Cell {
  abc: string;
  xyz: string;
  clients: number;
  amount: string;
  reserve: string;
}

const keyOf = (cell: Cell | undefined) => (cell ? cell.abc + cell.xyz : "");

const axis = (p: Palette, names: string[], inverse: boolean) => ({
  type: "category",
  data: names,
  inverse,
  axisLine: { show: false },
  axisTick: { show: false },
  splitLine: { show: true, interval: 0, lineStyle: { color: p.line } },
  axisLabel: { ...textOf(p), fontSize: 14, fontWeight: 600, color: p.text },
});

function inside(cell: Cell, room: number) {
  const lines = [tn("web.matrix.clients", cell.clients), shortMoney(cell.amount)];
  return [...lines, ...(room > 100 ? [t("web.matrix.reserve_short", { amount: shortMoney(cell.reserve) })] : [])].join(
    "\n",
  );
}

export default function Matrix(props: ScreenProps) {
  const { name, data, settings, change, sheet } = props;
  const draw = useCallback(
    (p: Palette, width: number): Option => {
      const cells = rowsOf<Cell>(data, "cells");
      const most = Math.max(...cells.map((cell) => Number(cell.amount)), 1);
      const largest = Math.min(130, width / 4);
      const write = measured(data);
      return {
        animation: false,
        grid: { left: 8, right: 8, top: 8, bottom: 8, containLabel: true },
        tooltip: {
          ...tooltipOf(p),
          formatter: (at: { dataIndex: number }) => {
            const cell = cells[at.dataIndex];
            return cell
              ? tip(
                  keyOf(cell),
                  [
                    [t("web.analysis.of.client"), whole(cell.clients)],
                    [t("web.amount"), write(cell.amount)],
                    [t("head.reserve"), write(cell.reserve)],
                  ],
                  t("web.matrix.open"),
                )
              : "";
          },
        },
        xAxis: { ...axis(p, ["X", "Y", "Z"], false), position: "top" },
        yAxis: axis(p, ["A", "B", "C"], true),
        series: [
          {
            type: "scatter",
            cursor: "pointer",
            data: cells.map((cell) => ({
              value: [cell.xyz, cell.abc],
              symbolSize: Math.max(8, Math.sqrt(Math.max(0, Number(cell.amount)) / most) * largest),
              itemStyle: { color: faded(p.accent, keyOf(cell) === settings.cell ? 0.5 : 0.2) },
            })),
            label: {
              show: true,
              color: p.text,
              fontFamily: p.font,
              lineHeight: 18,
              formatter: (at: { dataIndex: number }) => {
                const cell = cells[at.dataIndex];
                return cell?.clients ? inside(cell, largest) : "";
              },
            },
          },
        ],
      };
    },
    [data, settings.cell],
  );
  const table = figuresOf(data.tables.cells);
  const doors = rowsOf<Cell>(data, "cells").map((cell) => cellPath(name, settings, keyOf(cell)));
  const cells = {
    ...table,
    rows: table.rows.map((row, at) =>
      row.map((cell, column) => (column === 2 && typeof cell !== "string" ? { ...cell, to: doors[at] } : cell)),
    ),
  };
  return (
    <>
      <Parts lean="right">
        <ChartBox
          title={t("web.matrix.title")}
          note={t("web.matrix.note")}
          height={440}
          sheet={sheet}
          draw={draw}
          onClick={(at) => change({ cell: keyOf(rowsOf<Cell>(data, "cells")[at.dataIndex]) })}
          table={cells}
        />
        <TableBox title={data.tables.cells?.title ?? ""} table={cells} />
      </Parts>
      <Parts wide>
        <Members {...props} />
      </Parts>
    </>
  );
}
