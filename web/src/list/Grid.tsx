// The rows of a list: only those in sight exist, the next page is asked for before the end comes into sight.
import { useVirtualizer } from "@tanstack/react-virtual";
import {
  type CSSProperties,
  type ReactNode,
  type RefObject,
  useEffect,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
} from "react";
import { flushSync } from "react-dom";
import { Link } from "wouter";
import ArrowDown from "icons/IconArrowDown.mjs";
import ArrowUp from "icons/IconArrowUp.mjs";
import { Checkbox, UnstyledButton, VisuallyHidden } from "@mantine/core";
import type { Field, Saved } from "@/api/shapes";
import { whole } from "@/core/number";
import type { Place } from "@/core/place";
import { t } from "@/core/words";
import { alignsRight, fieldText } from "@/fields/fieldText";
import { titleOf } from "@/fields/titleOf";
import { fitting, layout, type Letters } from "@/list/columns";
import { useKeptScroll } from "@/list/useListPlace";
import type { Picked } from "@/list/mass/usePicked";
import { type RowDeeds, RowMenu } from "@/list/RowMenu";
import { useRowInSight } from "@/list/useRowInSight";
import { useRoom } from "@/ui/useRoom";
import css from "@/list/Grid.module.css";

interface Props {
  label: string;
  rows: Saved[];
  count?: number;
  columns: Field[];
  /** The columns are the usual ones, not the reader's choice: those without room are left out. */
  usual: boolean;
  totals?: Record<string, string>;
  sort: string;
  onSort: (sort: string) => void;
  place: Place;
  chosen: number;
  onChoose: (at: number) => void;
  pathOf?: (row: Saved) => string;
  onOpen?: (row: Saved) => void;
  cell?: (row: Saved, field: Field) => ReactNode | undefined;
  more: boolean;
  loadMore: () => void;
  dense: boolean;
  stale: boolean;
  /** Rows are being picked: each has a box, and pressing it picks it. */
  picked?: Picked;
  /** What can be done with a row, behind three dots at its end. */
  deeds?: RowDeeds;
}

function useWidth(place: RefObject<HTMLElement | null>) {
  const [width, setWidth] = useState(Infinity);
  useLayoutEffect(() => {
    const element = place.current;
    if (!element) return undefined;
    const look = () => setWidth(element.clientWidth);
    const sizes = new ResizeObserver(look);
    look();
    sizes.observe(element);
    return () => sizes.disconnect();
  }, [place]);
  return width;
}

/* On paper stand all rows that came, not only those in sight. */
function usePrinting() {
  const [printing, setPrinting] = useState(false);
  useEffect(() => {
    const on = () => flushSync(() => setPrinting(true));
    const off = () => setPrinting(false);
    window.addEventListener("beforeprint", on);
    window.addEventListener("afterprint", off);
    return () => {
      window.removeEventListener("beforeprint", on);
      window.removeEventListener("afterprint", off);
    };
  }, []);
  return printing;
}

/* Columns of which no row here says anything, nor the sum of all of them. */
function useEmpty({ columns, rows, cell, totals }: Props) {
  const blank = (field: Field) =>
    !totals?.[field.name] && rows.every((row) => !(cell?.(row, field) ?? fieldText(field, row)));
  const names = rows.length ? columns.filter(blank).map(({ name }) => name) : [];
  const all = names.join();
  return useMemo(() => new Set(all ? all.split(",") : []), [all]);
}

/* The first rows say it for all, so that nothing moves when more come. */
const ROWS_READ = 40;

function useLetters({ rows, columns, cell }: Props): Letters {
  const first = rows.slice(0, ROWS_READ);
  const longest = (field: Field) =>
    first.some((row) => cell?.(row, field) !== undefined)
      ? ""
      : Math.max(0, ...first.map((row) => fieldText(field, row).length));
  const all = columns.map(longest).join();
  return useMemo(() => {
    const counts = all.split(",");
    const measured = columns.flatMap(({ name }, at) => (counts[at] ? [[name, Number(counts[at])] as const] : []));
    return new Map(measured);
  }, [all, columns]);
}

function useSums({ columns, totals }: Props): Letters {
  return useMemo(
    () =>
      new Map(
        columns.flatMap((field) => {
          const sum = totals?.[field.name];
          return sum ? [[field.name, fieldText(field, { [field.name]: sum }).length] as const] : [];
        }),
      ),
    [columns, totals],
  );
}

const DOTS = 44; // px that the three dots take

export function Grid(all: Props) {
  const frame = useRef<HTMLDivElement>(null);
  const scroller = useRef<HTMLDivElement>(null);
  const room = useWidth(scroller) - (all.deeds ? DOTS : 0);
  const empty = useEmpty(all);
  const sums = useSums(all);
  const columns = useMemo(
    () => (all.usual ? fitting(all.columns, room, empty, sums) : all.columns),
    [all.usual, all.columns, room, empty, sums],
  );
  const props = { ...all, columns };
  const { rows, place, chosen, dense, more, loadMore } = props;
  const height = dense ? 34 : 44;
  useRoom(frame, scroller);
  const virtual = useVirtualizer({
    count: rows.length + (more ? 1 : 0),
    getScrollElement: () => scroller.current,
    estimateSize: () => height,
    overscan: 12,
    initialOffset: place.top,
  });
  useEffect(() => {
    virtual.measure();
  }, [dense, virtual]);
  const printing = usePrinting();
  const items = printing ? rows.map((_, index) => ({ index, start: 0, size: 0 })) : virtual.getVirtualItems();
  const last = items.at(-1)?.index ?? 0;
  useEffect(() => {
    if (more && last >= rows.length - 30) loadMore();
  }, [more, last, rows.length, loadMore]);
  useKeptScroll(scroller, place);
  useRowInSight(scroller, chosen, height, `[aria-rowindex="${chosen + 2}"]`);
  const letters = useLetters(props);
  const { template, printed, least } = layout(columns, empty, letters, sums);
  const box = props.picked ? "2.5rem " : "";
  const dots = props.deeds ? ` ${DOTS}px` : "";
  const grid = { "--columns": box + template + dots, "--printed": printed } as CSSProperties;
  const totals = columns.map((field) => props.totals?.[field.name]);
  return (
    <div ref={frame} className={css.frame}>
      <div ref={scroller} className={css.scroller} data-stale={props.stale || undefined} tabIndex={-1}>
        <div
          role="grid"
          aria-label={props.label}
          aria-rowcount={props.count ?? -1}
          className={css.grid}
          style={{ minWidth: least }}
        >
          <div role="rowgroup" className={css.top}>
            <div role="row" className={css.head} style={grid}>
              {props.picked && (
                <div role="columnheader" className={css.box}>
                  <Checkbox
                    size="xs"
                    aria-label={t("web.mass.take_rows")}
                    checked={rows.length > 0 && rows.every(props.picked.has)}
                    indeterminate={!rows.every(props.picked.has) && rows.some(props.picked.has)}
                    onChange={props.picked.toggleRows}
                  />
                </div>
              )}
              {columns.map((field) => (
                <Header key={field.name} field={field} sort={props.sort} onSort={props.onSort} />
              ))}
              {props.deeds && (
                <div role="columnheader" className={css.deeds}>
                  <VisuallyHidden>{t("web.list.deeds")}</VisuallyHidden>
                </div>
              )}
            </div>
          </div>
          <div role="rowgroup" data-rows className={css.body} style={{ height: virtual.getTotalSize() }}>
            {items.map(({ index, start, size }) => (
              <GridRow
                key={rows[index]?.id ?? "more"}
                {...props}
                row={rows[index]}
                index={index}
                place={{ ...grid, height: size, transform: `translateY(${start}px)` }}
              />
            ))}
          </div>
          {totals.some(Boolean) && (
            <div role="rowgroup" className={css.bottom}>
              <div role="row" className={css.totals} style={grid}>
                {props.picked && <div role="gridcell" className={css.box} />}
                {columns.map((field, at) => (
                  <div
                    key={field.name}
                    role="gridcell"
                    className={css.cell}
                    data-right={alignsRight(field) || undefined}
                  >
                    {totals[at] ? fieldText(field, { [field.name]: totals[at] }) : at === 0 ? t("web.list.total") : ""}
                  </div>
                ))}
                {props.deeds && <div role="gridcell" className={css.deeds} />}
              </div>
            </div>
          )}
        </div>
        {printing && rows.length < (props.count ?? 1) - 1 && (
          <p className={css.printed}>
            {t("web.list.printed", { n: whole(rows.length), all: whole((props.count ?? 1) - 1) })}
          </p>
        )}
      </div>
    </div>
  );
}

function Header({ field, sort, onSort }: { field: Field; sort: string; onSort: (sort: string) => void }) {
  const order = sort === field.name ? "ascending" : sort === `-${field.name}` ? "descending" : undefined;
  const Arrow = order === "ascending" ? ArrowUp : ArrowDown;
  return (
    <div
      role="columnheader"
      aria-sort={order}
      title={field.note}
      className={css.column}
      data-right={alignsRight(field) || undefined}
    >
      {field.sort ? (
        <UnstyledButton
          className={css.sort}
          onClick={() =>
            onSort(
              order === "ascending"
                ? `-${field.name}`
                : order === "descending" || !alignsRight(field)
                  ? field.name
                  : `-${field.name}`,
            )
          }
        >
          <span>{field.label}</span>
          {order && <Arrow size={14} aria-hidden />}
        </UnstyledButton>
      ) : (
        <span>{field.label}</span>
      )}
    </div>
  );
}

function GridRow({
  row,
  index,
  place,
  columns,
  chosen,
  onChoose,
  pathOf,
  onOpen,
  cell,
  picked,
  deeds,
}: Omit<Props, "place"> & { row?: Saved; index: number; place: CSSProperties }) {
  if (!row)
    return (
      <div role="row" className={css.row} style={place}>
        <div role="gridcell" className={css.cell}>
          <span className={css.loading}>{t("web.list.loading")}</span>
        </div>
      </div>
    );
  const path = pathOf?.(row);
  return (
    <div
      role="row"
      aria-rowindex={index + 2}
      className={css.row}
      style={place}
      tabIndex={chosen === index || (chosen < 0 && index === 0) ? 0 : -1}
      aria-selected={chosen === index || undefined}
      data-odd={index % 2 || undefined}
      data-archived={row.archived_at ? true : undefined}
      onFocus={() => chosen !== index && onChoose(index)}
      onClick={(event) => {
        if ((event.target as Element).closest("a,button,input")) return;
        if (picked) picked.toggle(index, event.shiftKey);
        else if (!window.getSelection()?.toString()) onOpen?.(row);
      }}
    >
      {picked && (
        <div role="gridcell" className={css.box}>
          <Checkbox
            size="xs"
            tabIndex={-1}
            aria-label={t("web.mass.take", { name: titleOf(row) })}
            checked={picked.has(row)}
            onChange={(event) => picked.toggle(index, (event.nativeEvent as MouseEvent).shiftKey)}
          />
        </div>
      )}
      {columns.map((field, at) => {
        const own = cell?.(row, field);
        const text = own ?? fieldText(field, row);
        return (
          <div
            key={field.name}
            role="gridcell"
            className={css.cell}
            data-right={alignsRight(field) || undefined}
            title={typeof text === "string" ? text : undefined}
          >
            {at === 0 && path ? (
              <Link href={path} className={css.link} tabIndex={-1}>
                {text || "—"}
              </Link>
            ) : (
              text
            )}
          </div>
        );
      })}
      {deeds && (
        <div role="gridcell" className={css.deeds}>
          <RowMenu row={row} deeds={deeds} />
        </div>
      )}
    </div>
  );
}
