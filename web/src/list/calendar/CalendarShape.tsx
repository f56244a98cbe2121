// The records of a list in a calendar, each on its day or at its hour; carried elsewhere, it has another.
import { useMemo } from "react";
import { useSearchParams } from "wouter";
import { useMany } from "@/api/useMany";
import { may, useSession } from "@/api/useSession";
import type { Entity, Field, Filter, Row, Saved } from "@/api/shapes";
import { daysAfter, today } from "@/core/day";
import { whole } from "@/core/number";
import { t } from "@/core/words";
import { fieldText } from "@/fields/fieldText";
import { titleOf } from "@/fields/titleOf";
import Calendar, { type Entry } from "@/list/calendar/Calendar";
import { isSpan, rangeOf, type Span } from "@/list/calendar/span";
import { useAway } from "@/list/calendar/useAway";
import type { ShapeProps } from "@/list/Shaped";
import { calendarBy, calendarFields, endFields, isCarried } from "@/list/shapes";
import { ShapeBy } from "@/list/ShapeSwitch";
import { asFilter } from "@/list/useListUrl";
import { useRowChange } from "@/list/useRowChange";
import { Trouble } from "@/ui/Trouble";
import { useNarrow } from "@/ui/useNarrow";
import css from "@/list/calendar/CalendarShape.module.css";

/* What one screen shows. */
const MOST = 600;

/* What stands in a stretch: begun in it, or before it and not over. A moment's day is the firm's, so a day more. */
function within(start: Field, end: Field | undefined, [from, until]: [string, string]): Filter[] {
  const room = start.type === "moment" ? 1 : 0;
  const [first, last] = [daysAfter(from, -room), daysAfter(until, room)];
  const begun: Filter = { field: start.name, op: "from", value: first };
  const over: Filter[] =
    end?.type === start.type ? [{ any: [begun, { field: end.name, op: "from", value: first }] }] : [begun];
  return [{ field: start.name, op: "to", value: last }, ...over];
}

function endOf(row: Saved, start: Field, end: Field | undefined): string | undefined {
  const value = end && row[end.name];
  if (!value) return undefined;
  if (end.type === start.type) return String(value);
  return new Date(Date.parse(String(row[start.name])) + Number(value) * 60_000).toISOString();
}

const minutesOf = (start: string, end: string) => Math.round((Date.parse(end) - Date.parse(start)) / 60_000);

function valuesOf(start: Field, end: Field | undefined, from: string, until: string | undefined): Row {
  if (!end || !until) return { [start.name]: from };
  return { [start.name]: from, [end.name]: end.type === start.type ? until : minutesOf(from, until) };
}

/* Its name, and what else is asked for in the columns, but for the days that one sees. */
function titleIn(of: Entity, row: Saved, columns: Field[], left: (Field | undefined)[]) {
  const name = of.fields.find((field) => field.name === of.title);
  const first = left.includes(name) ? "" : (name && fieldText(name, row)) || titleOf(row);
  const others = columns.filter((field) => field.name !== of.title && !left.some((each) => each?.name === field.name));
  const rest = others.map((field) => fieldText(field, row)).filter(Boolean);
  return [first, ...rest].filter(Boolean).slice(0, 2).join(" · ");
}

export default function CalendarShape({ of, label, wanted, by, onBy, columns, pathOf }: ShapeProps) {
  const session = useSession();
  const narrow = useNarrow();
  const [query, setQuery] = useSearchParams();
  const { change, dialog } = useRowChange(of);
  const { start, end } = calendarBy(of, by);
  const usual: Span = narrow ? "agenda" : start?.type === "moment" ? "week" : "month";
  const [asked, said] = [query.get("at") ?? "", query.get("span")];
  const at = /^(?:19|20)\d\d-\d\d-\d\d$/.test(asked) && !Number.isNaN(Date.parse(asked)) ? asked : today();
  const span = isSpan(said) ? said : usual;
  const range = rangeOf(span, at);
  const away = useAway(...range);
  const parts = wanted.filter ? [wanted.filter] : [];
  const filter = asFilter([...parts, ...(start ? within(start, end, range) : [])]);
  const sort = start?.sort ? start.name : wanted.sort;
  const figures = of.figures?.some((each) => each === start) && start ? [start.name] : [];
  const found = useMany(of.name, { ...wanted, filter, sort, figures: [...(wanted.figures ?? []), ...figures] }, MOST);
  const rows = found.data?.items;
  const own = start && of.fields.includes(start) && isCarried(start);
  const movable = own && may(session, of.name, "change");
  const lasting = end && isCarried(end);
  const entries = useMemo(
    () =>
      (start ? (rows ?? []) : [])
        .filter((row) => start && row[start.name])
        .map((row): Entry => {
          const begun = String(start && row[start.name]);
          return {
            key: String(row.id),
            title: titleIn(of, row, columns, [start, end]),
            start: begun,
            end: start && endOf(row, start, end),
            path: pathOf?.(row),
            quiet: Boolean(row.archived_at),
            noLength: !lasting,
          };
        }),
    [rows, start, end, columns],
  );
  if (!start) return null;
  const place = (next: string, of: Span) =>
    setQuery(
      (before) => {
        const to = new URLSearchParams(before);
        to.set("at", next);
        to.set("span", of);
        return to;
      },
      { replace: true },
    );
  const move = async (entry: Entry, from: string, until?: string) => {
    const row = rows?.find(({ id }) => String(id) === entry.key);
    const last = lasting ? (until ?? entry.end) : undefined;
    return row ? change(row, valuesOf(start, lasting ? end : undefined, from, last)) : false;
  };
  const byOf = (first: string, second?: string) => onBy([first, second].filter(Boolean).join(" "));
  const ends = endFields(of, start);
  return (
    <>
      {dialog}
      <div className={css.by}>
        <ShapeBy
          label={t("web.days.start")}
          fields={calendarFields(of)}
          value={start.name}
          onChange={(next) => byOf(next)}
        />
        {ends.length > 0 && own && (
          <ShapeBy
            label={t("web.days.end")}
            fields={ends}
            value={end?.name ?? "-"}
            none={t("web.days.no_end")}
            onChange={(next) => byOf(start.name, next)}
          />
        )}
        {found.data?.more && (
          <p role="status" className={css.more}>
            {t("web.days.too_many", { n: whole(MOST) })}
          </p>
        )}
      </div>
      {found.error ? (
        <Trouble error={found.error} again={() => void found.refetch()} />
      ) : (
        <Calendar
          label={label}
          entries={[...entries, ...(of.name === "absence" ? [] : away)]}
          at={at}
          span={span}
          onPlace={place}
          onMove={movable ? move : undefined}
          busy={found.isPending}
        />
      )}
    </>
  );
}
