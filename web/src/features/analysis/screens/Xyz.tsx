// Who buys evenly and who by fits and starts: clients and money by class, and each with its variation.
import { useCallback } from "react";
import { base, categories, figures, type Option } from "@/chart/base";
import { ChartBox } from "@/chart/ChartBox";
import type { Palette } from "@/chart/palette";
import { tip } from "@/chart/tip";
import { percent, shortMoney, whole } from "@/core/number";
import { t } from "@/core/words";
import { rowsOf } from "@/features/analysis/answers";
import { figuresOf, measured } from "@/features/analysis/figures";
import { Members } from "@/features/analysis/Members";
import { Parts } from "@/features/analysis/Parts";
import { cellPath, type ScreenProps } from "@/features/analysis/screen";
import { TableBox } from "@/features/analysis/TableBox";

interface Class {
  class: string;
  clients: number;
  amount: string;
  amount_share: number | string | null;
}

export default function Xyz(props: ScreenProps) {
  const { name, data, settings, change, sheet } = props;
  const draw = useCallback(
    (p: Palette): Option => {
      const classes = rowsOf<Class>(data, "classes");
      const common = base(p);
      const colours = [p.accent, p.soft, p.dim];
      return {
        ...common,
        xAxis: {
          ...categories(
            p,
            classes.map((each) => each.class),
          ),
          axisLabel: { color: p.text, fontFamily: p.font, fontSize: 14, fontWeight: 600 },
        },
        yAxis: figures(p),
        tooltip: {
          ...(common.tooltip as object),
          formatter: (at: { dataIndex: number }[]) => {
            const one = classes[at[0]?.dataIndex ?? 0];
            return one
              ? tip(one.class, [
                  [t("web.analysis.of.client"), whole(one.clients)],
                  [t("web.amount"), measured(data)(one.amount)],
                  [t("web.analysis.share"), percent(one.amount_share)],
                ])
              : "";
          },
        },
        series: [
          {
            type: "bar",
            barMaxWidth: 90,
            cursor: "pointer",
            label: {
              show: true,
              position: "top",
              color: p.text,
              fontFamily: p.font,
              formatter: (at: { value: number }) => shortMoney(at.value),
            },
            data: classes.map((each, at) => ({
              value: Number(each.amount),
              itemStyle: { color: colours[at], borderRadius: [2, 2, 0, 0] },
            })),
          },
        ],
      };
    },
    [data],
  );
  return (
    <>
      <Parts>
        <TableBox
          title={data.tables.classes?.title ?? ""}
          note={<p>{t("web.xyz.note")}</p>}
          table={figuresOf(data.tables.classes, (row) => cellPath(name, settings, String(row.class)))}
        />
        <ChartBox
          title={t("web.xyz.money")}
          height={260}
          sheet={sheet}
          draw={draw}
          onClick={(at) => change({ cell: rowsOf<Class>(data, "classes")[at.dataIndex]?.class })}
          table={figuresOf(data.tables.classes)}
        />
      </Parts>
      <Parts wide>
        <Members {...props} />
      </Parts>
    </>
  );
}
