// Activities one below the other: open ones with their term, done ones with what came of them; numbered where they are
// a chain.
import { Link } from "wouter";
import type { Saved } from "@/api/shapes";
import { useEntity } from "@/api/useMeta";
import { day, moment } from "@/core/day";
import { t } from "@/core/words";
import { ChannelIcon } from "@/features/activities/ChannelIcon";
import { useKinds } from "@/features/activities/useKinds";
import { cardPath } from "@/list/door";
import css from "@/features/activities/ActivityList.module.css";

const dueText = (row: Saved) => (row.timed ? moment(String(row.due_at)) : day(String(row.due_day)));

interface Props {
  rows: Saved[];
  /** The number of the first one shown, if they are counted; each below it has one less. */
  from?: number;
  /** Of what else than its client they tell. */
  client?: boolean;
}

export function ActivityList({ rows, from, client }: Props) {
  const entity = useEntity("activity");
  const kinds = useKinds();
  const labels = (name: string) => entity?.fields.find((field) => field.name === name)?.options;
  const labelOf = (name: string, key: unknown) => labels(name)?.find((option) => option.key === key)?.label;
  return (
    <ol className={css.list}>
      {rows.map((row, at) => {
        const kind = kinds?.find(({ id }) => id === row.kind_id);
        const titles = row._titles ?? {};
        return (
          <li key={row.id} className={css.row} data-state={String(row.state)}>
            {from !== undefined && <span className={css.number}>{from - at}</span>}
            <span className={css.icon}>
              <ChannelIcon channel={kind ? String(kind.channel) : "work"} size={16} />
            </span>
            <div className={css.body}>
              <div className={css.head}>
                <Link href={cardPath("activity", row.id)}>{String(row.subject)}</Link>
                <span>{row.state === "done" ? moment(String(row.done_at)) : dueText(row)}</span>
                {row.state !== "done" && <b>{labelOf("state", row.state)}</b>}
                {row.outcome ? <b>{labelOf("outcome", row.outcome)}</b> : null}
                {[titles.aim_id, client ? titles.client_id : titles.person_id, titles.performer_id].map(
                  (title) => title && <span key={title.id}>{title.title}</span>,
                )}
              </div>
              {row.result ? <p className={css.said}>{String(row.result)}</p> : null}
              {row.reason ? <p className={css.said}>{String(row.reason)}</p> : null}
            </div>
          </li>
        );
      })}
      {!rows.length && <li className={css.none}>{t("web.activity.none")}</li>}
    </ol>
  );
}
