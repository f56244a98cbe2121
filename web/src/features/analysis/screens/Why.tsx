// Why sales changed between two periods: the parts add up to the difference exactly.
import { useCallback } from "react";
import { base, categories, figures, type Option } from "@/chart/base";
import { ChartBox } from "@/chart/ChartBox";
import type { Palette } from "@/chart/palette";
import { tip } from "@/chart/tip";
import { money, shortMoney, signed } from "@/core/number";
import { t } from "@/core/words";
import { type Answer, rowsOf } from "@/features/analysis/answers";
import { className, figuresOf } from "@/features/analysis/figures";
import { Parts } from "@/features/analysis/Parts";
import type { ScreenProps } from "@/features/analysis/screen";
import { TableBox } from "@/features/analysis/TableBox";

interface Step {
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
    return { label: className(part), amount, from, to: at, total };
  });
}

const said = (step: Step, write: (value: string) => string) => (step.total ? write(step.amount) : signed(write(step.amount), Number(step.amount)));

export default function Why({ data, sheet }: ScreenProps) {
  const draw = useCallback(
    (p: Palette): Option => {
      const steps = stepsOf(data);
      const common = base(p);
      return {
        ...common,
        xAxis: { ...categories(p, steps.map((step) => step.label)), axisLabel: { color: p.text, fontFamily: p.font, interval: 0, width: 96, overflow: "break", lineHeight: 15 } },
        yAxis: figures(p),
        tooltip: { ...(common.tooltip as object), formatter: (at: { dataIndex: number }[]) => { const step = steps[at[0]?.dataIndex ?? 0]; return step ? tip(step.label, [[t("web.amount"), said(step, money)]]) : ""; } },
        series: [
          { type: "bar", stack: "all", silent: true, itemStyle: { color: "transparent" }, data: steps.map((step) => Math.min(step.from, step.to)) },
          {
            type: "bar",
            stack: "all",
            barMaxWidth: 64,
            label: { show: true, position: "top", color: p.text, fontFamily: p.font, formatter: (at: { dataIndex: number }) => { const step = steps[at.dataIndex]; return step ? said(step, shortMoney) : ""; } },
            data: steps.map((step) => ({ value: Math.abs(step.to - step.from), itemStyle: { color: step.total ? p.accent : step.to < step.from ? p.bad : p.good, borderRadius: 2 } })),
          },
        ],
      };
    },
    [data],
  );
  const { parts, makers } = data.tables;
  return (
    <>
      <Parts wide>
        <ChartBox title={t("web.why.title")} height={340} sheet={sheet} draw={draw} table={figuresOf(parts)} />
      </Parts>
      <Parts wide>
        {parts && <TableBox title={parts.title} table={figuresOf(parts)} />}
        {makers && <TableBox title={makers.title} maxHeight={520} table={figuresOf(makers)} />}
      </Parts>
    </>
  );
}
