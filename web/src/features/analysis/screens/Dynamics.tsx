// How sales move: months beside the same months a year ago, the season, and the marked falls with whoever made them.
import { useCallback } from "react";
import { useLocation } from "wouter";
import { useSession } from "@/api/useSession";
import { base, categories, figures, type Option } from "@/chart/base";
import { ChartBox } from "@/chart/ChartBox";
import type { Palette } from "@/chart/palette";
import { tip, type TipLine } from "@/chart/tip";
import { day, month, monthName } from "@/core/day";
import { percent, signed } from "@/core/number";
import { t } from "@/core/words";
import { type Answer, rowsOf } from "@/features/analysis/answers";
import { figuresOf, measured } from "@/features/analysis/figures";
import { Parts } from "@/features/analysis/Parts";
import { salesPath } from "@/features/analysis/salesPath";
import type { ScreenProps } from "@/features/analysis/screen";
import { TableBox } from "@/features/analysis/TableBox";

interface Point {
  period: string;
  amount: string;
  documents: number;
  before: string | null;
  growth: number | string | null;
  expected: string | null;
  missing: string | null;
}

/* A month is "2026-03", a week its Monday, a year "2026". */
const nameOf = (period: string) => (period.length === 7 ? month(period) : period.length === 10 ? day(period) : period);

function tipOf(point: Point, write: (value: unknown) => string) {
  const lines: TipLine[] = [[t("web.analysis.amount"), write(point.amount)]];
  if (point.before !== null) lines.push([t("web.analysis.year_ago"), write(point.before)]);
  if (point.growth !== null) lines.push([t("web.analysis.growth_word"), signed(percent(point.growth), Number(point.growth))]);
  if (point.expected !== null) lines.push([t("head.expected"), write(point.expected)]);
  return tip(nameOf(point.period), lines, point.missing !== null ? t("web.dynamics.fall", { missing: write(point.missing) }) : undefined);
}

const striped = (p: Palette) => ({ color: p.warn, decal: { symbol: "rect", dashArrayX: [1, 0], dashArrayY: [2, 4], rotation: -0.7, color: "rgba(255,255,255,0.35)" } });

export default function Dynamics({ data, sheet }: ScreenProps) {
  const session = useSession();
  const [, go] = useLocation();
  const pathOf = (period: unknown) => salesPath(session, data.settings, String(period));
  const draw = useCallback(
    (p: Palette): Option => {
      const points = rowsOf<Point>(data, "points");
      const before = points.some((point) => point.before !== null);
      const common = base(p);
      return {
        ...common,
        legend: before ? { bottom: 0, textStyle: { color: p.dim, fontFamily: p.font }, itemWidth: 14, itemHeight: 8 } : undefined,
        grid: { left: 8, right: 16, top: 24, bottom: before ? 34 : 8, containLabel: true },
        xAxis: categories(p, points.map((point) => nameOf(point.period))),
        yAxis: figures(p),
        tooltip: { ...(common.tooltip as object), formatter: (at: { dataIndex: number }[]) => { const point = points[at[0]?.dataIndex ?? 0]; return point ? tipOf(point, measured(data)) : ""; } },
        series: [
          { name: t("web.dynamics.now"), type: "bar", cursor: pathOf("2000-01") ? "pointer" : "default", barMaxWidth: 40, itemStyle: { color: p.accent, borderRadius: [2, 2, 0, 0] }, data: points.map((point) => (point.missing === null ? Number(point.amount) : { value: Number(point.amount), itemStyle: striped(p) })) },
          ...(before ? [{ name: t("web.analysis.year_ago"), type: "line", symbol: "circle", symbolSize: 5, lineStyle: { color: p.dim, width: 1.5, type: "dashed" }, itemStyle: { color: p.dim }, data: points.map((point) => (point.before === null ? null : Number(point.before))) }] : []),
        ],
      };
    },
    [data],
  );
  const points = data.tables.points;
  const shown = figuresOf(points);
  const named = { ...shown, rows: shown.rows.map((row, at) => [{ text: nameOf(String(points?.rows[at]?.period)), to: pathOf(points?.rows[at]?.period) }, ...row.slice(1)]) };
  return (
    <>
      <Parts wide>
        <ChartBox title={t("web.dynamics.title")} note={pathOf("2000-01") && t("web.dynamics.note")} height={340} sheet={sheet} draw={draw} onClick={(at) => { const to = pathOf(points?.rows[at.dataIndex]?.period); if (to) go(to); }} table={named} />
      </Parts>
      <Parts>
        {rowsOf(data, "season").length > 0 && <Season data={data} />}
        <Falls data={data} names={["falls"]} pathOf={pathOf} />
      </Parts>
      <Parts>
        <Falls data={data} names={["fall_clients", "fall_products"]} pathOf={pathOf} />
      </Parts>
    </>
  );
}

function Falls({ data, names, pathOf }: { data: Answer; names: string[]; pathOf: (month: unknown) => string | undefined }) {
  return names.map((name) => {
    const table = data.tables[name];
    return table && table.rows.length > 0 ? <TableBox key={name} title={table.title} maxHeight={380} table={figuresOf(table, (row) => pathOf(row.month))} /> : null;
  });
}

function Season({ data }: { data: Answer }) {
  const draw = useCallback(
    (p: Palette): Option => {
      const season = rowsOf<{ month: number; factor: number | string }>(data, "season").map((each) => ({ name: monthName(each.month), over: (Number(each.factor) - 1) * 100 }));
      const common = base(p);
      return {
        ...common,
        xAxis: categories(p, season.map((each) => each.name)),
        yAxis: figures(p, (n) => percent(n, 0)),
        tooltip: { ...(common.tooltip as object), formatter: (at: { dataIndex: number }[]) => { const one = season[at[0]?.dataIndex ?? 0]; return one ? tip(one.name, [[t("web.dynamics.to_average"), signed(percent(one.over, 0), one.over)]]) : ""; } },
        series: [{ type: "bar", barMaxWidth: 26, data: season.map((each) => ({ value: Math.round(each.over), itemStyle: { color: each.over < 0 ? p.soft : p.accent } })) }],
      };
    },
    [data],
  );
  const rows = rowsOf<{ month: number; factor: number | string }>(data, "season");
  return <ChartBox title={t("web.dynamics.season")} note={t("web.dynamics.season_note")} height={220} draw={draw} table={{ head: [{ label: t("web.month") }, { label: t("web.dynamics.to_average"), right: true }], rows: rows.map((each) => [monthName(each.month), signed(percent((Number(each.factor) - 1) * 100, 0), Number(each.factor) - 1)]) }} />;
}
