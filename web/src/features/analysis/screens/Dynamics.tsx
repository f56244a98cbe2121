// How sales move: months beside the same months a year ago, the season, and the marked falls with whoever made them.
import { Button } from "@mantine/core";
import { useCallback } from "react";
import { useLocation } from "wouter";
import X from "icons/IconX.mjs";
import { useSession } from "@/api/useSession";
import { base, categories, figures, type Option } from "@/chart/base";
import { ChartBox } from "@/chart/ChartBox";
import type { Palette } from "@/chart/palette";
import { tip, type TipLine } from "@/chart/tip";
import { day, daysAfter, month, monthName, monthsAfter } from "@/core/day";
import { percent, signed } from "@/core/number";
import { t } from "@/core/words";
import { type Answer, type Named, rowsOf } from "@/features/analysis/answers";
import { cellName, figuresOf, measured } from "@/features/analysis/figures";
import { ListBox } from "@/features/analysis/ListBox";
import { Parts } from "@/features/analysis/Parts";
import { salesOfDays, salesPath } from "@/features/analysis/salesPath";
import { cellPath, type ScreenProps } from "@/features/analysis/screen";
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
  if (point.growth !== null)
    lines.push([t("web.analysis.growth_word"), signed(percent(point.growth), Number(point.growth))]);
  if (point.expected !== null) lines.push([t("head.expected"), write(point.expected)]);
  return tip(
    nameOf(point.period),
    lines,
    point.missing !== null ? t("web.dynamics.fall", { missing: write(point.missing) }) : undefined,
  );
}

const striped = (p: Palette) => ({
  color: p.warn,
  decal: { symbol: "rect", dashArrayX: [1, 0], dashArrayY: [2, 4], rotation: -0.7, color: "rgba(255,255,255,0.35)" },
});

/* The sales a fall of a client is read from: the month and the three before it. */
const falling = (month: unknown) =>
  [monthsAfter(String(month), -3), daysAfter(monthsAfter(String(month), 1), -1)] as const;

export default function Dynamics({ name, data, settings, change, sheet }: ScreenProps) {
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
        legend: before
          ? { bottom: 0, textStyle: { color: p.dim, fontFamily: p.font }, itemWidth: 14, itemHeight: 8 }
          : undefined,
        grid: { left: 8, right: 16, top: 24, bottom: before ? 34 : 8, containLabel: true },
        xAxis: categories(
          p,
          points.map((point) => nameOf(point.period)),
        ),
        yAxis: figures(p),
        tooltip: {
          ...(common.tooltip as object),
          formatter: (at: { dataIndex: number }[]) => {
            const point = points[at[0]?.dataIndex ?? 0];
            return point ? tipOf(point, measured(data)) : "";
          },
        },
        series: [
          {
            name: t("web.dynamics.now"),
            type: "bar",
            cursor: pathOf("2000-01") ? "pointer" : "default",
            barMaxWidth: 40,
            itemStyle: { color: p.accent, borderRadius: [2, 2, 0, 0] },
            data: points.map((point) =>
              point.missing === null ? Number(point.amount) : { value: Number(point.amount), itemStyle: striped(p) },
            ),
          },
          ...(before
            ? [
                {
                  name: t("web.analysis.year_ago"),
                  type: "line",
                  symbol: "circle",
                  symbolSize: 5,
                  lineStyle: { color: p.dim, width: 1.5, type: "dashed" },
                  itemStyle: { color: p.dim },
                  data: points.map((point) => (point.before === null ? null : Number(point.before))),
                },
              ]
            : []),
        ],
      };
    },
    [data],
  );
  const points = data.tables.points;
  const shown = figuresOf(points);
  const named = {
    ...shown,
    rows: shown.rows.map((row, at) => [
      {
        text: nameOf(String(points?.rows[at]?.period)),
        to: pathOf(points?.rows[at]?.period),
        order: String(points?.rows[at]?.period),
      },
      ...row.slice(1),
    ]),
  };
  const { falls } = data.tables;
  const cell = data.settings.cell ?? "";
  const fallDoor = (row: Record<string, unknown>, key: string) =>
    key === "amount"
      ? pathOf(row.month)
      : row[key] === null
        ? undefined
        : cellPath(name, settings, `fall-${String(row.month)}`);
  const makerDoor = (row: Record<string, unknown>, key: string) => {
    if (key === "month") return cell ? pathOf(row.month) : cellPath(name, settings, `fall-${String(row.month)}`);
    const client = (row.client as Named | undefined)?.id;
    return key === "part" && client ? salesOfDays(session, data.settings, ...falling(row.month), client) : undefined;
  };
  return (
    <>
      <Parts wide>
        <ChartBox
          title={t("web.dynamics.title")}
          note={pathOf("2000-01") && t("web.dynamics.note")}
          height={340}
          sheet={sheet}
          draw={draw}
          onClick={(at) => {
            const to = pathOf(points?.rows[at.dataIndex]?.period);
            if (to) go(to);
          }}
          table={named}
        />
      </Parts>
      <Parts>
        {rowsOf(data, "season").length > 0 && <Season data={data} />}
        {falls && falls.rows.length > 0 && (
          <TableBox
            title={falls.title}
            note={<p>{t("web.dynamics.falls_note")}</p>}
            table={figuresOf(falls, fallDoor, [], ["amount", "clients", "products"])}
          />
        )}
      </Parts>
      <Parts>
        {["fall_clients", "fall_products"].map(
          (list) =>
            (rowsOf(data, list).length > 0 || cell) && (
              <ListBox
                key={list}
                name={name}
                data={data}
                settings={settings}
                list={list}
                title={`${data.tables[list]?.title ?? ""}${cell && `: ${cellName(cell)}`}`}
                brief={!cell}
                note={!cell && <p>{t("web.dynamics.makers_note")}</p>}
                aside={
                  cell && (
                    <Button
                      variant="subtle"
                      size="compact-sm"
                      leftSection={<X size={14} />}
                      onClick={() => change({ cell: null })}
                    >
                      {t("web.dynamics.all_falls")}
                    </Button>
                  )
                }
                figures={(table) => figuresOf(table, makerDoor, [], ["part"])}
              />
            ),
        )}
      </Parts>
    </>
  );
}

function Season({ data }: { data: Answer }) {
  const draw = useCallback(
    (p: Palette): Option => {
      const season = rowsOf<{ month: number; factor: number | string }>(data, "season").map((each) => ({
        name: monthName(each.month),
        over: (Number(each.factor) - 1) * 100,
      }));
      const common = base(p);
      return {
        ...common,
        xAxis: categories(
          p,
          season.map((each) => each.name),
        ),
        yAxis: figures(p, (n) => percent(n, 0)),
        tooltip: {
          ...(common.tooltip as object),
          formatter: (at: { dataIndex: number }[]) => {
            const one = season[at[0]?.dataIndex ?? 0];
            return one ? tip(one.name, [[t("web.dynamics.to_average"), signed(percent(one.over, 0), one.over)]]) : "";
          },
        },
        series: [
          {
            type: "bar",
            barMaxWidth: 26,
            data: season.map((each) => ({
              value: Math.round(each.over),
              itemStyle: { color: each.over < 0 ? p.soft : p.accent },
            })),
          },
        ],
      };
    },
    [data],
  );
  const rows = rowsOf<{ month: number; factor: number | string }>(data, "season");
  return (
    <ChartBox
      title={t("web.dynamics.season")}
      note={t("web.dynamics.season_note")}
      height={220}
      draw={draw}
      table={{
        head: [{ label: t("web.month") }, { label: t("web.dynamics.to_average"), right: true }],
        rows: rows.map((each) => [
          { text: monthName(each.month), order: each.month },
          signed(percent((Number(each.factor) - 1) * 100, 0), Number(each.factor) - 1),
        ]),
      }}
    />
  );
}
