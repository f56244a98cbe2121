// A chart with what belongs to it: its name, the same figures as a table, a picture and a file of them.
import { ActionIcon, Menu, SegmentedControl } from "@mantine/core";
import { type ReactNode, useRef, useState } from "react";
import type { ECharts } from "echarts/core";
import ChartBar from "icons/IconChartBar.mjs";
import Download from "icons/IconDownload.mjs";
import TableIcon from "icons/IconTable.mjs";
import type { Option } from "@/chart/base";
import Chart, { type Clicked } from "@/chart/Chart";
import { FigureTable, type Figures } from "@/chart/FigureTable";
import { type Palette, paletteOf } from "@/chart/palette";
import { saveCsv, saveUrl } from "@/chart/save";
import { t } from "@/core/words";
import css from "@/chart/ChartBox.module.css";

interface Props {
  title: string;
  note?: ReactNode;
  height?: number;
  draw: (palette: Palette, width: number) => Option;
  table: Figures;
  onClick?: (at: Clicked) => void;
  sheet?: string;
  legible?: boolean;
}

export function ChartBox({ title, note, height = 300, draw, table, onClick, sheet, legible }: Props) {
  const [view, setView] = useState("chart");
  const chart = useRef<ECharts | null>(null);
  const box = useRef<HTMLElement>(null);
  const picture = () => {
    const image = chart.current?.getDataURL({
      pixelRatio: 2,
      backgroundColor: box.current ? paletteOf(box.current).surface : "#fff",
    });
    if (image) saveUrl(image, `${title}.png`);
  };
  return (
    <section ref={box} className={css.box} aria-label={title}>
      <header className={css.head}>
        <h2 className={css.title}>{title}</h2>
        <div className={css.tools}>
          <SegmentedControl
            size="xs"
            value={view}
            onChange={setView}
            aria-label={t("web.chart.view")}
            data={[
              { value: "chart", label: <Icon of={ChartBar} label={t("web.chart.chart")} /> },
              { value: "table", label: <Icon of={TableIcon} label={t("web.chart.table")} /> },
            ]}
          />
          <Menu position="bottom-end" transitionProps={{ duration: 0 }}>
            <Menu.Target>
              <ActionIcon
                variant="default"
                size="md"
                aria-label={t("web.chart.save", { title })}
                title={t("web.chart.save_short")}
              >
                <Download size={16} />
              </ActionIcon>
            </Menu.Target>
            <Menu.Dropdown>
              {view === "chart" && <Menu.Item onClick={picture}>{t("web.chart.png")}</Menu.Item>}
              {sheet && (
                <Menu.Item component="a" href={sheet} download>
                  {t("web.export.xlsx")}
                </Menu.Item>
              )}
              <Menu.Item onClick={() => saveCsv(table, `${title}.csv`)}>{t("web.chart.csv")}</Menu.Item>
            </Menu.Dropdown>
          </Menu>
        </div>
      </header>
      {note && <div className={css.note}>{note}</div>}
      {view === "chart" ? (
        <Chart label={title} height={height} draw={draw} onClick={onClick} handle={chart} legible={legible} />
      ) : (
        <FigureTable {...table} label={title} />
      )}
    </section>
  );
}

function Icon({ of: Image, label }: { of: typeof ChartBar; label: string }) {
  return (
    <span className={css.icon} title={label}>
      <Image size={15} aria-hidden />
      <span className={css.hidden}>{label}</span>
    </span>
  );
}
