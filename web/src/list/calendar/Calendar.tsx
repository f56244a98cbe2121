// Anything that has its day or its hour in a calendar: a day, a week, a month, or told one after the other. What is
// taken elsewhere by mouse, finger or keys is told to whoever shows it, and goes back where that is refused.
//
//     <Calendar label={…} entries={entries} at="2026-03-04" span="week" onPlace={(at, span) => …}
//               onMove={async (entry, start, end) => saved} onPick={(start, end) => …} />
//
// It asks the server for the firm's working days alone: `rangeOf(span, at)` says of which days entries are wanted.
import { Calendar as Full, type CalendarOptions, type EventApi, type EventInput } from "@fullcalendar/core";
import english from "@fullcalendar/core/locales/en-gb";
import russian from "@fullcalendar/core/locales/ru";
import days from "@fullcalendar/daygrid";
import touch from "@fullcalendar/interaction";
import told from "@fullcalendar/list";
import hours from "@fullcalendar/timegrid";
import { useEffect, useMemo, useRef } from "react";
import { useLocation } from "wouter";
import { useWorkdays, type Workdays } from "@/api/useWorkdays";
import { daysAfter, daysBetween, momentOf, wallOf } from "@/core/day";
import { spoken, t } from "@/core/words";
import { CalendarBar } from "@/list/calendar/CalendarBar";
import { rangeOf, type Span } from "@/list/calendar/span";
import css from "@/list/calendar/Calendar.module.css";

export interface Entry {
  key: string;
  title: string;
  /** A day, "2026-03-04", or a moment, ISO UTC. */
  start: string;
  /** Of days the last one, of moments the end. */
  end?: string;
  /** The card it opens. */
  path?: string;
  /** Whose it is, as a colour: 0 to COLOURS - 1. */
  colour?: number;
  /** It is over, or it is said beside the rest. */
  quiet?: boolean;
  /** It lies behind the others and is no entry by itself: a day on which one is away. */
  behind?: boolean;
  /** It stays where it is, */
  fixed?: boolean;
  /** or stays as long as it is. */
  noLength?: boolean;
}

export const COLOURS = 8;

interface Props {
  label: string;
  entries: Entry[];
  at: string;
  span: Span;
  onPlace: (at: string, span: Span) => void;
  /** True: it has been saved, and comes again in `entries`; false: it goes back. */
  onMove?: (entry: Entry, start: string, end?: string) => Promise<boolean>;
  /** Days, or an hour, were pressed where nothing stands. */
  onPick?: (start: string, end: string) => void;
  busy?: boolean;
}

const views: Record<Span, string> = {
  day: "timeGridDay",
  week: "timeGridWeek",
  month: "dayGridMonth",
  agenda: "listWeek",
};

const isDay = (text: string) => text.length === 10;

function inputOf(entry: Entry, moves: boolean): EventInput {
  const { key, title, start, end, path, colour = 0, quiet, behind, fixed, noLength } = entry;
  return {
    id: key,
    title,
    url: path,
    allDay: isDay(start),
    start: isDay(start) ? start : wallOf(start),
    end: end && (isDay(start) ? daysAfter(end, 1) : wallOf(end)),
    display: behind ? "background" : "block",
    startEditable: moves && !fixed && !behind,
    durationEditable: moves && !fixed && !behind && !noLength,
    classNames: [css.entry ?? "", quiet ? (css.quiet ?? "") : (css[`of${colour % COLOURS}`] ?? "")],
    extendedProps: { entry },
  };
}

/* Where an entry stands on the screen, as the server is told. */
function placeOf(event: EventApi): [start: string, end?: string] {
  const said = (text: string) => (event.allDay ? text.slice(0, 10) : momentOf(text));
  const end = event.endStr;
  if (!event.allDay) return [said(event.startStr), end ? said(end) : undefined];
  return [said(event.startStr), end ? daysAfter(end.slice(0, 10), -1) : undefined];
}

/* Half an hour up and down, a day to the sides; in a month a week up and down. */
function shifted(entry: Entry, key: string, span: Span): [start: string, end?: string] | undefined {
  const across = { ArrowLeft: -1, ArrowRight: 1 }[key] ?? 0;
  const down = { ArrowUp: -1, ArrowDown: 1 }[key] ?? 0;
  const inDays = isDay(entry.start) || span === "month";
  const [byDays, byMinutes] = [across + (inDays ? down * 7 : 0), inDays ? 0 : down * 30];
  if (!byDays && !byMinutes) return undefined;
  const moved = (text: string) => {
    if (isDay(text)) return daysAfter(text, byDays);
    const [day = "", time = ""] = wallOf(text).split("T");
    return new Date(Date.parse(momentOf(`${daysAfter(day, byDays)}T${time}`)) + byMinutes * 60_000).toISOString();
  };
  return [moved(entry.start), entry.end && moved(entry.end)];
}

function workOf(work: Workdays | undefined): CalendarOptions {
  const off = ({ date }: { date: Date }) => (work?.isOff(date.toISOString().slice(0, 10)) ? [css.off ?? ""] : []);
  const daysOfWeek = work?.week.map((each) => (each + 1) % 7);
  return {
    dayCellClassNames: off,
    dayHeaderClassNames: off,
    businessHours: work?.hours.map(([startTime, endTime]) => ({ daysOfWeek, startTime, endTime })) ?? false,
    scrollTime: work?.hours[0]?.[0] ?? "09:00",
  };
}

export default function Calendar(props: Props) {
  const { label, entries, at, span, onPlace, onMove, onPick, busy } = props;
  const place = useRef<HTMLDivElement>(null);
  const full = useRef<Full>(null);
  const focused = useRef("");
  const latest = useRef(props);
  latest.current = props;
  const [, go] = useLocation();
  const work = useWorkdays(...rangeOf(span, at));
  const moves = Boolean(onMove);
  const events = useMemo(() => entries.map((entry) => inputOf(entry, moves)), [entries, moves]);

  const dropped = async ({ event, revert }: { event: EventApi; revert: () => void }) => {
    const saved = await latest.current.onMove?.(event.extendedProps.entry as Entry, ...placeOf(event));
    if (!saved) revert();
  };
  const pressed = (entry: Entry, event: KeyboardEvent) => {
    const next = event.shiftKey && !entry.fixed && shifted(entry, event.key, latest.current.span);
    if (!next || !latest.current.onMove) return;
    event.preventDefault();
    focused.current = entry.key;
    void latest.current.onMove(entry, ...next);
  };
  const options: CalendarOptions = {
    plugins: [days, hours, told, touch],
    locale: spoken() === "ru" ? russian : english,
    firstDay: 1,
    timeZone: "UTC" /* what stands on the wall of the reader is given as it is read */,
    now: () => wallOf(new Date().toISOString()),
    headerToolbar: false,
    initialView: views[span],
    initialDate: at,
    height: "100%",
    expandRows: true,
    nowIndicator: true,
    fixedWeekCount: false,
    dayMaxEvents: true,
    forceEventDuration: true,
    defaultTimedEventDuration: "00:30",
    snapDuration: "00:15",
    slotLabelFormat: { hour: "2-digit", minute: "2-digit", hour12: false },
    displayEventEnd: span === "agenda" || span === "day" /* how high it is says it, and a week has no room */,
    eventTimeFormat: { hour: "2-digit", minute: "2-digit", hour12: false },
    longPressDelay: 350,
    noEventsText: t("web.days.nothing"),
    allDayText: t("web.days.all_day"),
    moreLinkContent: ({ num }) => t("web.days.more_here", { n: num }),
    moreLinkClick: ({ date }) => latest.current.onPlace(date.toISOString().slice(0, 10), "day"),
    eventAllow: ({ allDay }, event) => allDay === event?.allDay,
    eventDrop: (info) => void dropped(info),
    eventResize: (info) => void dropped(info),
    eventClick: ({ event, jsEvent }) => {
      jsEvent.preventDefault();
      if (event.url) go(event.url);
    },
    eventDidMount: ({ el, event }) => {
      const entry = event.extendedProps.entry as Entry | undefined;
      if (!entry || entry.behind) return;
      el.title = entry.title;
      if (latest.current.onMove && !entry.fixed) el.setAttribute("aria-description", t("web.days.keys"));
      el.addEventListener("keydown", (press) => pressed(entry, press));
      if (focused.current === entry.key) el.focus({ preventScroll: true });
    },
    /* A cell that takes the focus, so that the hours are scrolled by keys too. */
    datesSet: () => void place.current?.querySelector(".fc-timegrid-col[role=gridcell]")?.setAttribute("tabindex", "0"),
    selectable: Boolean(onPick),
    selectMirror: true,
    select: ({ startStr, endStr, allDay }) => {
      const end = allDay ? daysAfter(endStr, -1) : momentOf(endStr);
      latest.current.onPick?.(allDay ? startStr : momentOf(startStr), end);
    },
    ...workOf(work),
    events,
  };

  useEffect(() => {
    if (!place.current) return undefined;
    const made = new Full(place.current, options);
    full.current = made;
    made.render();
    const sizes = new ResizeObserver(() => made.updateSize());
    sizes.observe(place.current);
    return () => {
      sizes.disconnect();
      made.destroy();
    };
  }, []);
  useEffect(() => {
    full.current?.resetOptions(options);
  }, [events, work?.hours[0]?.[0], work === undefined, Boolean(onPick)]);
  useEffect(() => {
    full.current?.changeView(views[span], at);
  }, [span, at]);

  return (
    <section className={css.calendar} aria-label={label} aria-busy={busy || undefined}>
      <CalendarBar at={at} span={span} onPlace={onPlace} />
      <div ref={place} className={css.place} data-span={span} data-days={daysBetween(...rangeOf(span, at)) + 1} />
    </section>
  );
}
