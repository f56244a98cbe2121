// A table of an answer with its name and its file.
import { ActionIcon } from "@mantine/core";
import type { ReactNode } from "react";
import Download from "icons/IconDownload.mjs";
import { FigureTable, type Figures, type Rest } from "@/chart/FigureTable";
import { saveCsv } from "@/chart/save";
import { t } from "@/core/words";
import { Section } from "@/record/Section";

export function TableBox({
  title,
  note,
  table,
  rest,
  aside,
}: {
  title: string;
  note?: ReactNode;
  table: Figures;
  rest?: Rest;
  aside?: ReactNode;
}) {
  return (
    <Section
      title={title}
      aside={
        <>
          {aside}
          <ActionIcon
            variant="default"
            className="screen-only"
            aria-label={t("web.chart.save", { title })}
            title={t("web.chart.csv")}
            onClick={() => saveCsv(table, `${title}.csv`)}
          >
            <Download size={16} />
          </ActionIcon>
        </>
      }
    >
      {note}
      <FigureTable key={table.head.map(({ label }) => label).join()} {...table} label={title} rest={rest} />
    </Section>
  );
}
