// One column of a board: its name, how many and how much, and its cards, asked for when it comes into sight.
import { Button, Skeleton } from "@mantine/core";
import { useDroppable } from "@dnd-kit/core";
import { type RefObject, useEffect, useState } from "react";
import { useList, type Wanted } from "@/api/useList";
import type { Entity, Field, Saved } from "@/api/shapes";
import { whole } from "@/core/number";
import { t, tn } from "@/core/words";
import { fieldText } from "@/fields/fieldText";
import type { Carried } from "@/list/board/Board";
import { BoardCard } from "@/list/board/BoardCard";
import type { Column } from "@/list/board/useColumnsOf";
import type { ShapeProps } from "@/list/Shaped";
import { asFilter } from "@/list/useListUrl";
import { Trouble } from "@/ui/Trouble";
import css from "@/list/board/Board.module.css";

/* Cards at once; more come when one asks. */
const PAGE = 20;

interface Props extends Pick<ShapeProps, "cell" | "pathOf"> {
  of: Entity;
  field: Field;
  column: Column;
  wanted: Wanted;
  told: Field[];
  carries: boolean;
  carried: Carried | null;
  moves: (Carried & { to: string })[];
  frame: RefObject<HTMLDivElement | null>;
}

function useSeen(element: Element | null, frame: RefObject<HTMLDivElement | null>) {
  const [seen, setSeen] = useState(false);
  useEffect(() => {
    if (!element || seen) return undefined;
    const watch = new IntersectionObserver((news) => news.some((each) => each.isIntersecting) && setSeen(true), {
      root: frame.current,
      rootMargin: "0px 300px",
    });
    watch.observe(element);
    return () => watch.disconnect();
  }, [element, seen, frame]);
  return seen;
}

/* The first sum of money, which is what a column is judged by. */
function sumOf(of: Entity, totals: Record<string, string>) {
  const field = [...of.fields, ...(of.figures ?? [])].find(({ name, type }) => type === "money" && totals[name]);
  return field && fieldText(field, { [field.name]: totals[field.name] });
}

export function BoardColumn(props: Props) {
  const { of, field, column, wanted, told, cell, pathOf, carries, carried, moves, frame } = props;
  const [element, setElement] = useState<HTMLElement | null>(null);
  const seen = useSeen(element, frame);
  const { setNodeRef, isOver } = useDroppable({ id: column.key, disabled: !carries });
  const parts = wanted.filter ? [wanted.filter] : [];
  const list = useList(
    of.name,
    { ...wanted, filter: asFilter([...parts, column.filter]) },
    { limit: PAGE, enabled: seen && column.count > 0 },
  );
  const stored = column.count > 0 ? (list.data?.pages.flatMap((page) => page.items) ?? []) : [];
  const left = new Set(moves.filter(({ to }) => to !== column.key).map(({ row }) => row.id));
  const come = moves.filter(({ to, row }) => to === column.key && !stored.some(({ id }) => id === row.id));
  const rows: Saved[] = [...come.map(({ row }) => row), ...stored.filter(({ id }) => !left.has(id))];
  const waits = seen && column.count > 0 && list.isPending;
  const rest = column.count - stored.length;
  return (
    <section
      ref={(node) => {
        setElement(node);
        setNodeRef(node);
      }}
      className={css.column}
      aria-label={column.label}
      data-over={(isOver && carried && carried.from !== column.key) || undefined}
    >
      <header className={css.head}>
        <h2 className={css.name} title={column.label}>
          {column.label}
        </h2>
        <span className={css.count}>{whole(column.count)}</span>
        <span className={css.sum}>{sumOf(of, column.totals)}</span>
      </header>
      {list.error ? (
        <Trouble error={list.error} again={() => void list.refetch()} />
      ) : (
        <ul className={css.cards} aria-busy={waits || undefined}>
          {waits && [0, 1, 2].map((at) => <Skeleton key={at} component="li" height={64} />)}
          {rows.map((row) => (
            <BoardCard
              key={row.id}
              of={of}
              row={row}
              told={told.filter(({ name }) => name !== field.name)}
              cell={cell}
              path={pathOf?.(row)}
              from={column.key}
              carries={carries}
              gone={carried?.row.id === row.id}
            />
          ))}
          {!waits && rows.length === 0 && <li className={css.empty}>{t("web.board.empty")}</li>}
          {list.hasNextPage && (
            <li>
              <Button
                size="compact-sm"
                variant="subtle"
                fullWidth
                loading={list.isFetchingNextPage}
                onClick={() => void list.fetchNextPage()}
              >
                {tn("web.board.more", Math.min(PAGE, rest), { all: whole(rest) })}
              </Button>
            </li>
          )}
        </ul>
      )}
    </section>
  );
}
