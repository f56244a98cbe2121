// What happened to a record, newest first, one line an event: who, when, which field from what to what.
import { Button } from "@mantine/core";
import type { ReactNode } from "react";
import type { Change, Entity, Event, Field, Filter, Row, Value } from "@/api/shapes";
import { useHistory } from "@/api/useHistory";
import { useEntity } from "@/api/useMeta";
import { useRecord } from "@/api/useRecord";
import { day, dayOf, moment } from "@/core/day";
import { known, t } from "@/core/words";
import { valueText } from "@/fields/fieldText";
import { aboutOf, FilterText } from "@/record/FilterText";
import { Trouble } from "@/ui/Trouble";
import css from "@/record/History.module.css";

const time = (at: string) => moment(at).replace(/^.*?,?\s(\d{1,2}:\d{2}.*)$/, "$1");
const verbOf = (verb: string) => (known(`web.verb.${verb}`) ? t(`web.verb.${verb}`) : verb);

export function History({ entity: name, id }: { entity: string; id?: number }) {
  const entity = useEntity(name);
  const history = useHistory(name, id);
  const filters = entity?.fields.some((field) => field.type === "filter");
  const { data: record } = useRecord(name, id ?? 0, Boolean(filters && id));
  if (history.error) return <Trouble error={history.error} again={() => void history.refetch()} />;
  const events = history.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <>
      <ol className={css.events}>
        {events.map((event, at) => (
          <Line
            key={`${event.at} ${at}`}
            event={event}
            entity={entity}
            record={record}
            newDay={at === 0 || dayOf(event.at) !== dayOf(events[at - 1]?.at ?? "")}
          />
        ))}
      </ol>
      {history.hasNextPage && (
        <Button
          variant="subtle"
          size="compact-sm"
          loading={history.isFetchingNextPage}
          onClick={() => void history.fetchNextPage()}
        >
          {t("web.history.more")}
        </Button>
      )}
    </>
  );
}

interface Told {
  entity: Entity | null;
  /** Where stored filters are told: the record says whose rows they choose. */
  record?: Row;
}

function Line({ event, entity, record, newDay }: Told & { event: Event; newDay: boolean }) {
  return (
    <li className={css.event}>
      {newDay && <div className={css.day}>{day(dayOf(event.at))}</div>}
      <div className={css.line}>
        <time dateTime={event.at} className={css.time}>
          {time(event.at)}
        </time>
        <div>
          <span>
            {event.actor?.name ?? t("web.history.program")} · {verbOf(event.verb)}
            {event.record && `: ${event.record.title ?? `#${event.record.id}`}`}
          </span>
          {event.diff.map((change, at) => (
            <div key={`${change.field} ${at}`} className={css.change}>
              <Changed change={change} entity={entity} record={record} />
            </div>
          ))}
          {event.confirmed && (
            <div className={css.change}>
              {event.confirmed.text}
              {event.confirmed.reason && (
                <>
                  . <ins>{event.confirmed.reason}</ins>
                </>
              )}
            </div>
          )}
        </div>
      </div>
    </li>
  );
}

/* The text of a filter is its JSON. */
function told(field: Field, record: Row | undefined, value: Value): ReactNode {
  try {
    return <FilterText about={aboutOf(field, record)} filter={JSON.parse(String(value)) as Filter} />;
  } catch {
    return String(value);
  }
}

function Changed({ change, entity, record }: Told & { change: Change }) {
  const field = entity?.fields.find((each) => each.name === change.field);
  const child = entity?.children.find((each) => each.name === change.field);
  const label = change.label ?? field?.label ?? child?.label ?? change.field;
  if (change.large) return <>{t("web.history.large", { label })}</>;
  if (child) return <>{label}</>;
  const text = (given: string | undefined, value: Value) =>
    field?.type === "filter" && value
      ? told(field, record, value)
      : (given ?? (field ? valueText(field, value) : String(value ?? "")) ?? "");
  return (
    <>
      {label}: <del>{text(change.old_text, change.old) || t("web.record.blank")}</del> →{" "}
      <ins>{text(change.new_text, change.new) || t("web.record.blank")}</ins>
    </>
  );
}
