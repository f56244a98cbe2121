// A list of an answer that may be longer than a page: its rows so far, how many there are, and the next ones at a click.
import { Button, Group, Text } from "@mantine/core";
import type { ReactNode } from "react";
import type { Figures } from "@/chart/FigureTable";
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
  maxHeight?: number;
  /** How the rows are written and where they lead. */
  figures?: (table: Table) => Figures;
  /** Only the first rows: all of them are behind another door. */
  brief?: boolean;
}

export function ListBox({ name, data, settings, list, title, note, aside, maxHeight = 560, figures = figuresOf, brief }: ListProps) {
  const pages = useList(name, settings, data, list);
  const table = data.tables[list];
  if (!table) return null;
  const rows = pages.data.pages.flatMap((page) => rowsOf<Record<string, unknown>>(page, list));
  const { all } = sizeOf(data, list);
  return (
    <div>
      <TableBox title={title ?? table.title} note={note} aside={aside} maxHeight={maxHeight} table={figures({ ...table, rows })} />
      {all === 0 && (
        <Text size="sm" c="dimmed" mt="xs">
          {t("web.analysis.nobody")}
        </Text>
      )}
      {rows.length < all && (
        <Group mt="xs" gap="sm">
          <Text size="sm" c="dimmed">
            {t("web.analysis.shown", { n: whole(rows.length), all: whole(all) })}
          </Text>
          {!brief && pages.hasNextPage && (
            <Button variant="subtle" size="compact-md" className="screen-only" loading={pages.isFetchingNextPage} onClick={() => void pages.fetchNextPage()}>
              {t("web.analysis.more_members")}
            </Button>
          )}
        </Group>
      )}
    </div>
  );
}
