// Who went from which group to which: as wide as there are clients.
import { useCallback } from "react";
import { type Option, tooltipOf } from "@/chart/base";
import type { Clicked } from "@/chart/Chart";
import { ChartBox } from "@/chart/ChartBox";
import type { Palette } from "@/chart/palette";
import { tip } from "@/chart/tip";
import { whole } from "@/core/number";
import { t } from "@/core/words";
import { rowsOf } from "@/features/analysis/answers";
import { className, figuresOf, measured } from "@/features/analysis/figures";
import { cellPath, type ScreenProps } from "@/features/analysis/screen";

interface Move {
  from: string;
  to: string;
  clients: number;
  amount: string;
}

interface Hovered {
  dataType: string;
  dataIndex: number;
  name: string;
}

const cellOf = ({ from, to }: Move) => `${from}>${to}`;

/* Both sides hold the same groups, so that a node's name begins with its side. */
const shown = (node: string) => className(node.slice(2));

export function Movement({ name, data, settings, change, title, note }: ScreenProps & { title: string; note: string }) {
  const draw = useCallback(
    (p: Palette, width: number): Option => {
      const moves = rowsOf<Move>(data, "moves");
      const nodes = [...new Set(moves.flatMap((each) => [`a ${each.from}`, `b ${each.to}`]))];
      const edge = (move: Move | undefined) =>
        move
          ? tip(`${className(move.from)} → ${className(move.to)}`, [
              [t("web.analysis.of.client"), whole(move.clients)],
              [t("web.amount"), measured(data)(move.amount)],
            ])
          : "";
      return {
        animation: false,
        tooltip: {
          ...tooltipOf(p),
          formatter: (at: Hovered) => (at.dataType === "edge" ? edge(moves[at.dataIndex]) : tip(shown(at.name), [])),
        },
        series: [
          {
            type: "sankey",
            left: 8,
            right: width < 500 ? 96 : 150,
            top: 8,
            bottom: 8,
            nodeGap: 12,
            layoutIterations: 0,
            draggable: false,
            cursor: "pointer",
            data: nodes.map((node) => ({ name: node, itemStyle: { color: p.accent } })),
            links: moves.map((each) => ({
              source: `a ${each.from}`,
              target: `b ${each.to}`,
              value: each.clients,
              lineStyle: {
                color: each.from === each.to ? p.dim : p.accent,
                opacity: each.from === each.to ? 0.15 : 0.35,
                curveness: 0.5,
              },
            })),
            label: { color: p.text, fontFamily: p.font, formatter: (at: { name: string }) => shown(at.name) },
          },
        ],
      };
    },
    [data],
  );
  const move = (at: Clicked) => (at.dataType === "edge" ? rowsOf<Move>(data, "moves")[at.dataIndex] : undefined);
  const open = (at: Clicked) => {
    const found = move(at);
    if (found) change({ cell: cellOf(found) });
  };
  return (
    <ChartBox
      title={title}
      note={note}
      height={400}
      draw={draw}
      onClick={open}
      table={figuresOf(data.tables.moves, (row) => cellPath(name, settings, cellOf(row as unknown as Move)))}
    />
  );
}
