// The rows of a list on a phone: a name, two or three facts, room for a thumb.
import { Checkbox } from "@mantine/core";
import { useVirtualizer } from "@tanstack/react-virtual";
import { type ReactNode, useEffect, useRef } from "react";
import { Link } from "wouter";
import type { Field, Saved } from "@/api/shapes";
import type { Place } from "@/core/place";
import { t } from "@/core/words";
import { alignsRight, fieldText } from "@/fields/fieldText";
import { titleOf } from "@/fields/titleOf";
import { useKeptScroll } from "@/list/useListPlace";
import type { Picked } from "@/list/mass/usePicked";
import { type RowDeeds, RowMenu } from "@/list/RowMenu";
import { useRowInSight } from "@/list/useRowInSight";
import css from "@/list/Cards.module.css";

const HEIGHT = 68;

interface Props {
  label: string;
  rows: Saved[];
  columns: Field[];
  pathOf?: (row: Saved) => string;
  cell?: (row: Saved, field: Field) => ReactNode | undefined;
  place: Place;
  chosen: number;
  onChoose: (at: number) => void;
  more: boolean;
  loadMore: () => void;
  picked?: Picked;
  deeds?: RowDeeds;
}

export function Cards(props: Props) {
  const { label, rows, columns, pathOf, cell, place, chosen, onChoose, more, loadMore, picked, deeds } = props;
  const scroller = useRef<HTMLDivElement>(null);
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => HEIGHT,
    overscan: 8,
    initialOffset: place.top,
  });
  const items = virtual.getVirtualItems();
  const last = items.at(-1)?.index ?? 0;
  useEffect(() => {
    if (more && last >= rows.length - 20) loadMore();
  }, [more, last, rows.length, loadMore]);
  useKeptScroll(scroller, place);
  useRowInSight(scroller, chosen, HEIGHT, `li[data-index="${chosen}"] > a`);
  const [head, ...rest] = columns;
  const figure = rest.find((field) => field.type === "money") ?? rest.find(alignsRight);
  const notes = rest.filter((field) => field !== figure).slice(0, 3);
  return (
    <div ref={scroller} className={css.scroller}>
      <ul aria-label={label} data-rows className={css.list} style={{ height: virtual.getTotalSize() }}>
        {items.map(({ index, start, size }) => {
          const row = rows[index];
          if (!row || !head) return null;
          const inside = (
            <>
              <span className={css.line}>
                <b>{fieldText(head, row) || titleOf(row)}</b>
                {figure && <span className={css.figure}>{fieldText(figure, row)}</span>}
              </span>
              <small className={css.notes}>
                {notes.map((field) => (
                  <span key={field.name}>{cell?.(row, field) ?? fieldText(field, row)}</span>
                ))}
              </small>
            </>
          );
          const path = pathOf?.(row);
          return (
            <li
              key={row.id}
              data-index={index}
              data-chosen={chosen === index || undefined}
              data-deeds={(deeds && !picked) || undefined}
              style={{ height: size, transform: `translateY(${start}px)` }}
              className={css.item}
              onFocus={() => chosen !== index && onChoose(index)}
            >
              {picked ? (
                <label className={css.pick}>
                  <Checkbox
                    aria-label={t("web.mass.take", { name: titleOf(row) })}
                    checked={picked.has(row)}
                    onChange={() => picked.toggle(index)}
                  />
                  <span className={css.card}>{inside}</span>
                </label>
              ) : path ? (
                <Link href={path} className={css.card}>
                  {inside}
                </Link>
              ) : (
                <div className={css.card}>{inside}</div>
              )}
              {deeds && !picked && (
                <div className={css.deeds}>
                  <RowMenu row={row} deeds={deeds} />
                </div>
              )}
            </li>
          );
        })}
      </ul>
      {more && <div className={css.loading}>{t("web.list.loading")}</div>}
    </div>
  );
}
