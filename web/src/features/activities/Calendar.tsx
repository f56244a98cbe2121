// The calendar: what one has to do and has done, or all one's people, each in a colour; carried elsewhere it is due
// then, pressed where nothing stands it is planned there.
import { Button, Chip, Group } from "@mantine/core";
import { useMemo, useState } from "react";
import { useSearchParams } from "wouter";
import Plus from "icons/IconPlus.mjs";
import { useMany } from "@/api/useMany";
import { useEntity } from "@/api/useMeta";
import { mayHere, may, useSession } from "@/api/useSession";
import type { Entity, Filter, Saved } from "@/api/shapes";
import { daysAfter, today } from "@/core/day";
import { whole } from "@/core/number";
import { t } from "@/core/words";
import { PlanForm } from "@/features/activities/PlanForm";
import type { When } from "@/features/activities/types";
import { dueOf, whenOf } from "@/features/activities/when";
import { WorkTabs } from "@/features/activities/WorkTabs";
import Days, { COLOURS, type Entry } from "@/list/calendar/Calendar";
import { isSpan, rangeOf, type Span } from "@/list/calendar/span";
import { useAway } from "@/list/calendar/useAway";
import { cardPath } from "@/list/door";
import { useRowChange } from "@/list/useRowChange";
import { Page } from "@/ui/Page";
import { Trouble } from "@/ui/Trouble";
import { useNarrow } from "@/ui/useNarrow";
import css from "@/features/activities/Calendar.module.css";

/* What one screen shows. */
const MOST = 600;

/* A moment's day in a condition is the firm's, so a day more to each side. */
const within = ([from, until]: [string, string]): Filter[] => [
  { field: "at", op: "from", value: daysAfter(from, -1) },
  { field: "at", op: "to", value: daysAfter(until, 1) },
  { field: "state", op: "is_not", value: "cancelled" },
];

const USUAL_MINUTES = 30;
const later = (iso: string, minutes: number) => new Date(Date.parse(iso) + minutes * 60_000).toISOString();

function titleOf(row: Saved, team: boolean) {
  const { client_id: client, performer_id: performer } = row._titles ?? {};
  return [client?.title ?? row.subject, client && row.subject, team && performer?.title].filter(Boolean).join(" · ");
}

function entryOf(row: Saved, team: boolean, colour: number, mine: boolean): Entry {
  const open = row.state === "open";
  const at = String(row.at);
  const timed = !open || Boolean(row.timed);
  return {
    key: String(row.id),
    title: titleOf(row, team),
    start: timed ? at : String(row.due_day),
    end: timed ? later(at, Number(row.minutes ?? USUAL_MINUTES)) : undefined,
    path: cardPath("activity", row.id),
    colour,
    quiet: !open,
    fixed: !open || !mine,
  };
}

export default function Calendar() {
  const of = useEntity("activity");
  return of && <Shown of={of} />;
}

function Shown({ of }: { of: Entity }) {
  const session = useSession();
  const narrow = useNarrow();
  const [query, setQuery] = useSearchParams();
  const [planning, setPlanning] = useState<When | true | null>(null);
  const { change, dialog } = useRowChange(of);
  const [asked, said, team] = [query.get("at") ?? "", query.get("span"), query.get("whose") === "team"];
  const at = /^\d{4}-\d\d-\d\d$/.test(asked) && !Number.isNaN(Date.parse(asked)) ? asked : today();
  const span: Span = isSpan(said) ? said : narrow ? "agenda" : "week";
  const range = rangeOf(span, at);
  const away = useAway(...range);
  const whose: Filter = { field: "performer_id", op: team ? "not_empty" : "is", ...(!team && { value: { me: 1 } }) };
  const found = useMany("activity", { filter: { all: [whose, ...within(range)] }, sort: "at" }, MOST);
  const rows = found.data?.items;
  const entries = useMemo(() => {
    const people = [...new Set(rows?.map((row) => Number(row.performer_id)))].sort((a, b) => a - b);
    return (rows ?? []).map((row) =>
      entryOf(
        row,
        team,
        people.indexOf(Number(row.performer_id)) % COLOURS,
        mayHere(session, "activity", row, "change"),
      ),
    );
  }, [rows, team, session]);
  const put = (values: Record<string, string>) =>
    setQuery(
      (before) => {
        const to = new URLSearchParams(before);
        for (const [name, value] of Object.entries(values)) to.set(name, value);
        return to;
      },
      { replace: true },
    );
  const move = async (entry: Entry, start: string, end?: string) => {
    const row = rows?.find(({ id }) => String(id) === entry.key);
    if (!row) return false;
    const minutes = end ? Math.round((Date.parse(end) - Date.parse(start)) / 60_000) : null;
    return start.length === 10
      ? change(row, dueOf({ day: start, hour: "" }))
      : change(row, { due_at: start, timed: true, ...(minutes && { minutes }) });
  };
  const seesOthers = session.rights.activity?.view !== "own";
  return (
    <Page
      title={t("web.calendar.title")}
      name={t("web.calendar.title")}
      fill
      actions={
        may(session, "activity", "add") && (
          <Button leftSection={<Plus size={16} />} onClick={() => setPlanning(true)}>
            {t("web.today.new")}
          </Button>
        )
      }
    >
      <WorkTabs />
      {(seesOthers || found.data?.more) && (
        <Group gap="xs" mb="xs" className={css.whose}>
          {seesOthers && (
            <>
              <Chip variant="outline" size="sm" checked={!team} onChange={() => put({ whose: "mine" })}>
                {t("web.calendar.mine")}
              </Chip>
              <Chip variant="outline" size="sm" checked={team} onChange={() => put({ whose: "team" })}>
                {t("web.calendar.team")}
              </Chip>
            </>
          )}
          {found.data?.more && (
            <p role="status" className={css.more}>
              {t("web.days.too_many", { n: whole(MOST) })}
            </p>
          )}
        </Group>
      )}
      {found.error ? (
        <Trouble error={found.error} again={() => void found.refetch()} />
      ) : (
        <Days
          label={t("web.calendar.title")}
          entries={[...entries, ...away]}
          at={at}
          span={span}
          onPlace={(next, seen) => put({ at: next, span: seen })}
          onMove={may(session, "activity", "change") ? move : undefined}
          onPick={
            may(session, "activity", "add")
              ? (start) => setPlanning(start.length === 10 ? { day: start, hour: "" } : whenOf(start, true))
              : undefined
          }
          busy={found.isPending}
        />
      )}
      {dialog}
      {planning && <PlanForm when={planning === true ? undefined : planning} close={() => setPlanning(null)} />}
    </Page>
  );
}
