// What was said before: the last contacts with a client, each with its day, who spoke and what came of it.
import { Link } from "wouter";
import type { Field } from "@/api/shapes";
import { useEntity } from "@/api/useMeta";
import { day } from "@/core/day";
import { t } from "@/core/words";
import { useLastResults } from "@/features/activities/useLastResults";
import { cardPath } from "@/list/door";
import css from "@/features/activities/LastResults.module.css";

const labelOf = (field: Field | undefined, key: unknown) =>
  field?.options?.find((option) => option.key === key)?.label ?? "";

/** `here` is the activity on whose card it stands, which is no door to itself. */
export function LastResults({ client, here }: { client: number; here?: number }) {
  const entity = useEntity("activity");
  const { data } = useLastResults(client);
  const outcome = entity?.fields.find((field) => field.name === "outcome");
  if (!data) return null;
  return (
    <section className={css.last} aria-label={t("web.activity.before")}>
      <h3 className={css.title}>{t("web.activity.before")}</h3>
      {!data.items.length && <p className={css.none}>{t("web.activity.never")}</p>}
      <ol className={css.list}>
        {data.items.map((row) => (
          <li key={row.id}>
            <div className={css.head}>
              {row.id === here ? (
                <span>{row._titles?.kind_id?.title ?? String(row.subject)}</span>
              ) : (
                <Link href={cardPath("activity", row.id)}>{row._titles?.kind_id?.title ?? String(row.subject)}</Link>
              )}
              <span>{day(String(row.done_day))}</span>
              <span>{row._titles?.performer_id?.title}</span>
              {row.outcome ? <b>{labelOf(outcome, row.outcome)}</b> : null}
            </div>
            {row.result ? <p className={css.said}>{String(row.result)}</p> : null}
          </li>
        ))}
      </ol>
    </section>
  );
}
