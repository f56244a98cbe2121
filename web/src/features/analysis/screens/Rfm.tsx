// How lately, how often and for how much they buy, and who moved between the groups since another day.
import { useCallback } from "react";
import { base, categories, type Option, tooltipOf } from "@/chart/base";
import { ChartBox } from "@/chart/ChartBox";
import { faded, type Palette } from "@/chart/palette";
import { tip } from "@/chart/tip";
import { whole } from "@/core/number";
import { t } from "@/core/words";
import { type Answer, rowsOf } from "@/features/analysis/answers";
import { figuresOf, measured } from "@/features/analysis/figures";
import { Members } from "@/features/analysis/Members";
import { Movement } from "@/features/analysis/Movement";
import { Parts } from "@/features/analysis/Parts";
import { cellPath, type ScreenProps } from "@/features/analysis/screen";
import { TableBox } from "@/features/analysis/TableBox";

interface Cell {
  r: number;
  f: number;
  m: number;
  clients: number;
  amount: string;
}

const scores = ["1", "2", "3", "4", "5"];

function fold(data: Answer) {
  const grid = new Map<string, { r: number; f: number; clients: number; amount: number }>();
  for (const { r, f, clients, amount } of rowsOf<Cell>(data, "cells")) {
    const cell = grid.get(`${r}${f}`) ?? { r, f, clients: 0, amount: 0 };
    grid.set(`${r}${f}`, { r, f, clients: cell.clients + clients, amount: cell.amount + Number(amount) });
  }
  return [...grid.values()];
}

export default function Rfm(props: ScreenProps) {
  const { name, data, settings, change, sheet } = props;
  const draw = useCallback(
    (p: Palette): Option => {
      const grid = fold(data);
      const most = Math.max(...grid.map((cell) => cell.clients), 1);
      const title = (word: string, gap: number) => ({
        name: word,
        nameLocation: "middle" as const,
        nameGap: gap,
        nameTextStyle: { color: p.dim },
      });
      return {
        ...base(p),
        grid: { left: 28, right: 8, top: 8, bottom: 28, containLabel: true },
        tooltip: {
          ...tooltipOf(p),
          formatter: (at: { dataIndex: number }) => {
            const cell = grid[at.dataIndex];
            return cell
              ? tip(`R ${cell.r} · F ${cell.f}`, [
                  [t("web.analysis.of.client"), whole(cell.clients)],
                  [t("web.amount"), measured(data)(cell.amount.toFixed(2))],
                ])
              : "";
          },
        },
        xAxis: { ...categories(p, scores), ...title(t("head.f"), 26) },
        yAxis: { ...categories(p, scores), ...title(t("head.r"), 24) },
        series: [
          {
            type: "scatter",
            symbol: "roundRect",
            cursor: "pointer",
            data: grid.map((cell) => ({
              value: [cell.f - 1, cell.r - 1],
              symbolSize: 14 + 40 * Math.sqrt(cell.clients / most),
              itemStyle: { color: faded(p.accent, 0.12 + 0.35 * Math.sqrt(cell.clients / most)) },
            })),
            label: {
              show: true,
              color: p.text,
              fontFamily: p.font,
              formatter: (at: { dataIndex: number }) => whole(grid[at.dataIndex]?.clients ?? 0),
            },
          },
        ],
      };
    },
    [data],
  );
  const table = figuresOf(data.tables.cells);
  const doors = rowsOf<Cell>(data, "cells").map(({ r, f, m }) => cellPath(name, settings, `${r}${f}${m}`));
  return (
    <>
      <Parts>
        <TableBox
          title={data.tables.groups?.title ?? ""}
          table={figuresOf(data.tables.groups, (row) => cellPath(name, settings, String(row.group)))}
        />
        <ChartBox
          title={t("web.rfm.grid")}
          note={t("web.rfm.grid_note")}
          height={320}
          sheet={sheet}
          draw={draw}
          onClick={(at) => {
            const cell = fold(data)[at.dataIndex];
            if (cell) change({ cell: `${cell.r}${cell.f}` });
          }}
          table={{
            ...table,
            rows: table.rows.map((row, at) =>
              row.map((cell, column) => (column === 3 && typeof cell !== "string" ? { ...cell, to: doors[at] } : cell)),
            ),
          }}
        />
      </Parts>
      <Parts wide>
        {rowsOf(data, "moves").length > 0 && (
          <Movement {...props} title={t("web.rfm.movement")} note={t("web.rfm.movement_note")} />
        )}
        <Members {...props} />
      </Parts>
    </>
  );
}
