// Why sales changed between two periods: the parts add up to the difference exactly, and each opens the clients and
// products that made it.
import { useCallback } from "react";
import { useSession } from "@/api/useSession";
import { base, categories, figures, type Option, room } from "@/chart/base";
import { ChartBox } from "@/chart/ChartBox";
import type { Palette } from "@/chart/palette";
import { tip } from "@/chart/tip";
import { money, shortMoney, signed } from "@/core/number";
import { t } from "@/core/words";
import { type Answer, type Named, rowsOf, type Table } from "@/features/analysis/answers";
import { cellName, className, figuresOf } from "@/features/analysis/figures";
import { ListBox } from "@/features/analysis/ListBox";
import { Members } from "@/features/analysis/Members";
import { Parts } from "@/features/analysis/Parts";
import { salesOfDays } from "@/features/analysis/salesPath";
import { cellPath, type ScreenProps } from "@/features/analysis/screen";
import { TableBox } from "@/features/analysis/TableBox";

interface Step {
  part: string;
  label: string;
  amount: string;
  from: number;
  to: number;
  total: boolean;
}

function stepsOf(data: Answer): Step[] {
  let at = 0;
  return rowsOf<{ part: string; amount: string }>(data, "parts").map(({ part, amount }) => {
    const total = part === "before" || part === "after";
    const from = total ? 0 : at;
    at = from + Number(amount);
    return { part, label: className(part), amount, from, to: at, total };
  });
}

const said = (step: Step, write: (value: string) => string) =>
  step.total ? write(step.amount) : signed(write(step.amount), Number(step.amount));

/* Below this many pixels the parts stand one below the other, so that no name or figure meets another. */
const NARROW = 620;

type Row = Record<string, unknown>;

const idOf = (value: unknown) => (value as Named | null)?.id;

/* Whose deed or which product the cell asks for, by name: "Cable 3×2.5"; a part by its own. */
function nameOf(data: Answer, cell: string) {
  const [, entity = ""] = /^(client|product)-\d+$/.exec(cell) ?? [];
  if (!entity) return cellName(cell);
  return (
    (rowsOf<Row>(data, entity === "client" ? "items" : "products")[0]?.[entity] as Named | null | undefined)?.name ?? ""
  );
}

/* The whole of what a client bought in a period is behind these cells, so that the list of sales comes to the same
 * sum. */
const whole = (cell: string) =>
  ["", "before", "after", "new_clients", "lost_clients"].includes(cell) || cell.startsWith("client-");

export default function Why(props: ScreenProps) {
  const { name, data, settings, change, sheet } = props;
  const session = useSession();
  const draw = useCallback(
    (p: Palette, width: number): Option => {
      const steps = stepsOf(data);
      const common = base(p);
      const flat = width < NARROW;
      return {
        ...common,
        grid: { ...room, right: flat ? 72 : room.right },
        [flat ? "yAxis" : "xAxis"]: {
          ...categories(
            p,
            steps.map((step) => step.label),
          ),
          inverse: flat,
          axisLabel: { color: p.text, fontFamily: p.font, interval: 0, width: 96, overflow: "break", lineHeight: 15 },
        },
        [flat ? "xAxis" : "yAxis"]: { ...figures(p), splitNumber: flat ? 2 : 4 },
        tooltip: {
          ...(common.tooltip as object),
          formatter: (at: { dataIndex: number }[]) => {
            const step = steps[at[0]?.dataIndex ?? 0];
            return step ? tip(step.label, [[t("web.amount"), said(step, money)]]) : "";
          },
        },
        series: [
          {
            type: "bar",
            stack: "all",
            silent: true,
            itemStyle: { color: "transparent" },
            data: steps.map((step) => Math.min(step.from, step.to)),
          },
          {
            type: "bar",
            stack: "all",
            barMaxWidth: 64,
            cursor: "pointer",
            label: {
              show: true,
              position: flat ? "right" : "top",
              color: p.text,
              fontFamily: p.font,
              formatter: (at: { dataIndex: number }) => {
                const step = steps[at.dataIndex];
                return step ? said(step, shortMoney) : "";
              },
            },
            data: steps.map((step) => ({
              value: Math.abs(step.to - step.from),
              itemStyle: { color: step.total ? p.accent : step.to < step.from ? p.bad : p.good, borderRadius: 2 },
            })),
          },
        ],
      };
    },
    [data],
  );
  const parts = figuresOf(data.tables.parts, (row) => cellPath(name, settings, String(row.part)));
  const cell = data.settings.cell ?? "";
  const sales = (row: Row, key: string) => {
    const days = rowsOf<{ period: string; from: string; to: string }>(data, "periods").find(
      (each) => each.period === key,
    );
    return days && whole(cell) && Number(row[key]) !== 0
      ? salesOfDays(session, data.settings, days.from, days.to, idOf(row.client))
      : undefined;
  };
  const deed = (entity: "client" | "product") => (row: Row, key: string) => {
    if (key === "amount" || key === "change")
      return idOf(row[entity]) ? cellPath(name, settings, `${entity}-${idOf(row[entity])}`) : undefined;
    return entity === "client" && (key === "before" || key === "after") ? sales(row, key) : undefined;
  };
  const doors = ["amount", "change", "before", "after"];
  const of = cell && `: ${nameOf(data, cell)}`;
  return (
    <>
      <Parts wide>
        <ChartBox
          title={t("web.why.title")}
          height={340}
          note={t("web.why.note")}
          sheet={sheet}
          draw={draw}
          onClick={(at) => change({ cell: stepsOf(data)[at.dataIndex]?.part })}
          table={parts}
          legible
        />
      </Parts>
      <Parts wide>
        <TableBox title={data.tables.parts?.title ?? ""} table={parts} />
        <Members
          {...props}
          title={t("web.why.clients") + of}
          figures={(table: Table) => figuresOf(table, deed("client"), [], doors)}
        />
        <ListBox
          name={name}
          data={data}
          settings={settings}
          list="products"
          title={t("web.why.products") + of}
          figures={(table) => figuresOf(table, deed("product"), [], doors)}
        />
      </Parts>
    </>
  );
}
