// A list of an answer that may be longer than a page: its rows so far, how many there are, and the next ones at a
// click.
import { Text } from "@mantine/core";
import { type ReactNode, useState } from "react";
import type { Figures } from "@/chart/FigureTable";
import type { KeyOrder } from "@/chart/order";
import { whole } from "@/core/number";
import { t } from "@/core/words";
import { type Answer, rowsOf, type Table } from "@/features/analysis/answers";
import { figuresOf } from "@/features/analysis/figures";
import { TableBox } from "@/features/analysis/TableBox";
import type { Settings } from "@/features/analysis/useAnalysis";
import { sizeOf, useList } from "@/features/analysis/useList";

export interface ListProps {
  name: string;
  data: Answer;
  settings: Settings;
  list: string;
  title?: string;
  note?: ReactNode;
  aside?: ReactNode;
  /** How the rows are written and where they lead. */
  figures?: (table: Table) => Figures;
  /** Only the first rows: all of them are behind another door. */
  brief?: boolean;
}

export function ListBox({ name, data, settings, list, title, note, aside, figures = figuresOf, brief }: ListProps) {
  const [order, setOrder] = useState<KeyOrder | null>(null);
  const { pages, next, most, isLong, busy } = useList(name, settings, data, list, order);
  const table = data.tables[list];
  if (!table) return null;
  const rows = pages.flatMap((page) => rowsOf<Record<string, unknown>>(page, list));
  const { all } = sizeOf(data, list);
  const said = (text: string) => (
    <Text size="sm" c="dimmed" mt="xs">
      {text}
    </Text>
  );
  return (
    <div>
      <TableBox
        title={title ?? table.title}
        note={note}
        aside={aside}
        table={figures({ ...table, rows })}
        rest={brief ? undefined : { all, next, most, order: isLong ? setOrder : undefined, busy }}
      />
      {all === 0 && said(t("web.analysis.nobody"))}
      {brief && rows.length < all && said(t("web.table.shown", { n: whole(rows.length), all: whole(all) }))}
    </div>
  );
}
