// How much hangs on a few: the largest, the ten largest, and what is left without one of them.
import { useCallback } from "react";
import { base, categories, figures, type Option } from "@/chart/base";
import { ChartBox } from "@/chart/ChartBox";
import type { Palette } from "@/chart/palette";
import { tip } from "@/chart/tip";
import { percent } from "@/core/number";
import { t } from "@/core/words";
import { type Named, rowsOf } from "@/features/analysis/answers";
import { figuresOf, measured } from "@/features/analysis/figures";
import { Figures } from "@/features/analysis/Figures";
import { Members } from "@/features/analysis/Members";
import { Parts } from "@/features/analysis/Parts";
import type { ScreenProps } from "@/features/analysis/screen";
import { RefSelect } from "@/fields/RefSelect";
import { FigureTable } from "@/chart/FigureTable";
import { Section } from "@/record/Section";

interface Item {
  client: Named;
  amount: string;
  share: number | string;
}

/* So many bars can be told apart. */
const TOP = 20;

export default function Concentration(props: ScreenProps) {
  const { data, change, sheet } = props;
  const draw = useCallback(
    (p: Palette): Option => {
      const top = rowsOf<Item>(data, "items").slice(0, TOP);
      const common = base(p);
      return {
        ...common,
        grid: { left: 8, right: 56, top: 8, bottom: 8, containLabel: true },
        xAxis: figures(p, (n) => percent(n, 0)),
        yAxis: {
          ...categories(
            p,
            top.map((each) => each.client.name),
          ),
          inverse: true,
          axisLabel: { color: p.text, fontFamily: p.font, width: 180, overflow: "truncate" },
        },
        tooltip: {
          ...(common.tooltip as object),
          formatter: (at: { dataIndex: number }[]) => {
            const one = top[at[0]?.dataIndex ?? 0];
            return one
              ? tip(one.client.name, [
                  [t("web.amount"), measured(data)(one.amount)],
                  [t("web.analysis.share"), percent(one.share, 2)],
                ])
              : "";
          },
        },
        series: [
          {
            type: "bar",
            barMaxWidth: 18,
            label: {
              show: true,
              position: "right",
              color: p.dim,
              formatter: (at: { value: number }) => percent(at.value),
            },
            data: top.map((each) => ({
              value: Number(each.share),
              itemStyle: { color: p.accent, borderRadius: [0, 2, 2, 0] },
            })),
          },
        ],
      };
    },
    [data],
  );
  const without = rowsOf<{ client: Named }>(data, "without")[0]?.client;
  return (
    <>
      <Parts>
        <Figures data={data} />
        <Section title={t("web.concentration.without")}>
          <RefSelect
            entity="client"
            aria-label={t("web.concentration.without")}
            value={without?.id ?? null}
            title={without && { id: without.id, title: without.name }}
            onChange={(next) => change({ without: next ? String(next.id) : null })}
          />
          <FigureTable
            label={t("web.concentration.without")}
            {...figuresOf(data.tables.without, undefined, ["client"])}
          />
          {data.tables.results && <FigureTable label={data.tables.results.title} {...figuresOf(data.tables.results)} />}
        </Section>
      </Parts>
      <Parts>
        <ChartBox
          title={t("web.concentration.largest")}
          height={480}
          sheet={sheet}
          draw={draw}
          table={figuresOf(data.tables.items && { ...data.tables.items, rows: data.tables.items.rows.slice(0, TOP) })}
        />
        <Members {...props} />
      </Parts>
    </>
  );
}
