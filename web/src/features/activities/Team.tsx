// A head's people: what each has to do, what of it is late, what is done; each number opens to exactly its records.
import { ActionIcon } from "@mantine/core";
import { useState } from "react";
import { Link } from "wouter";
import Plus from "icons/IconPlus.mjs";
import type { Filter, Title } from "@/api/shapes";
import { may, useSession } from "@/api/useSession";
import { t, tn } from "@/core/words";
import { PlanForm } from "@/features/activities/PlanForm";
import type { Busy, TodayAnswer } from "@/features/activities/types";
import { doorPath } from "@/list/door";
import { Section } from "@/record/Section";
import css from "@/features/activities/Team.module.css";

const open: Filter = { field: "state", op: "is", value: "open" };
const justBefore = (moment: string) => new Date(Date.parse(moment) - 1).toISOString();

const of = (busy: Busy, ...more: Filter[]) =>
  doorPath({
    entity: "activity",
    filter: { all: [{ field: "performer_id", op: "is", value: busy.id }, ...more] },
    sort: "at",
  }) ?? "/";

/* Who needs a look first: nothing to do, then whoever is most behind. */
const byNeed = (a: Busy, b: Busy) => Number(a.due > 0) - Number(b.due > 0) || b.overdue - a.overdue;

export function Team({ answer }: { answer: TodayAnswer }) {
  const session = useSession();
  const [planning, setPlanning] = useState<Title | null>(null);
  const mayPlan = may(session, "activity", "add");
  const until = (moment: string): Filter => ({ field: "due_at", op: "to", value: justBefore(moment) });
  const idle = answer.team.filter((busy) => !busy.due).length;
  const late = answer.team.filter((busy) => busy.overdue > 0).length;
  return (
    <Section
      title={t("web.today.team")}
      aside={[idle && tn("web.today.idle", idle), late && tn("web.today.behind", late)].filter(Boolean).join(" · ")}
    >
      <ul className={css.team}>
        {[...answer.team].sort(byNeed).map((busy) => (
          <li key={busy.id}>
            <b>
              {busy.name}
              {mayPlan && (
                <ActionIcon
                  variant="subtle"
                  size="sm"
                  className={css.task}
                  aria-label={t("web.today.task_for", { name: busy.name })}
                  title={t("web.today.task_for", { name: busy.name })}
                  onClick={() => setPlanning({ id: busy.id, title: busy.name })}
                >
                  <Plus size={14} />
                </ActionIcon>
              )}
            </b>
            {busy.due ? (
              <Link href={of(busy, open, until(answer.until))}>{tn("web.today.due", busy.due)}</Link>
            ) : (
              <span className={css.idle}>{t("web.today.no_work")}</span>
            )}
            {busy.overdue > 0 && (
              <Link href={of(busy, open, until(answer.from))} className={css.late}>
                {tn("web.today.overdue", busy.overdue)}
              </Link>
            )}
            {busy.done > 0 && (
              <Link href={of(busy, { field: "done_day", op: "is", value: answer.day })}>
                {tn("web.today.done", busy.done)}
              </Link>
            )}
            {may(session, "client", "view") && (
              <Link href={`/standing?whose=${busy.id}`}>{t("web.standing.title")}</Link>
            )}
          </li>
        ))}
      </ul>
      {planning && <PlanForm channel="work" performer={planning} close={() => setPlanning(null)} />}
    </Section>
  );
}
