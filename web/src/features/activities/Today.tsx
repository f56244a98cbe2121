// Today, the first screen: what to do now, in order, each with its reason and one button; and of a head's people who
// has nothing to do, who is behind, who has done what.
import { Button, Paper } from "@mantine/core";
import { useRef, useState } from "react";
import Plus from "icons/IconPlus.mjs";
import { may, useSession } from "@/api/useSession";
import type { Title } from "@/api/shapes";
import { useActions } from "@/core/actions";
import { day, moment } from "@/core/day";
import { t, tn } from "@/core/words";
import { PlanForm } from "@/features/activities/PlanForm";
import { Team } from "@/features/activities/Team";
import { TodayRow } from "@/features/activities/TodayRow";
import type { TodayAnswer, TodayLine } from "@/features/activities/types";
import { useToday } from "@/features/activities/useToday";
import { WorkTabs } from "@/features/activities/WorkTabs";
import { TodayParts } from "@/record/todayParts";
import { Nothing } from "@/ui/Nothing";
import { Page } from "@/ui/Page";
import { Trouble } from "@/ui/Trouble";
import { Waiting } from "@/ui/Waiting";
import css from "@/features/activities/Today.module.css";

const keyOf = (line: TodayLine) => (line.id !== null ? `activity ${line.id}` : `client ${line.client?.id}`);

export default function Today() {
  const session = useSession();
  const { data, error, refetch } = useToday();
  const [planning, setPlanning] = useState<Title | true | null>(null);
  const mayPlan = may(session, "activity", "add");
  return (
    <Page
      title={t("web.place.today")}
      name={t("web.place.today")}
      aside={data && [day(data.day), data.done > 0 && tn("web.today.done", data.done)].filter(Boolean).join(" · ")}
      actions={
        mayPlan && (
          <Button leftSection={<Plus size={16} />} onClick={() => setPlanning(true)}>
            {t("web.today.new")}
          </Button>
        )
      }
    >
      <WorkTabs />
      {error && !data ? (
        <Trouble error={error} again={() => void refetch()} />
      ) : !data ? (
        <Waiting />
      ) : (
        <div className={css.today}>
          {data.team.length > 0 && <Team answer={data} />}
          <TodayParts />
          <Lines answer={data} plan={setPlanning} />
        </div>
      )}
      {planning && <PlanForm client={planning === true ? undefined : planning} close={() => setPlanning(null)} />}
    </Page>
  );
}

/* What is open stays open while the list is told anew; the one that follows what has just been done opens with the
 * focus. */
function Lines({ answer, plan }: { answer: TodayAnswer; plan: (client: Title | true) => void }) {
  const session = useSession();
  const list = useRef<HTMLOListElement>(null);
  const [open, setOpen] = useState<string | null>(null);
  const [next, setNext] = useState<string | null>(null);
  const keys = answer.lines.map(keyOf);
  const step = (by: number) => {
    const buttons = [...(list.current?.querySelectorAll<HTMLElement>("[data-row]") ?? [])];
    const at = buttons.findIndex((button) => button.closest("li")?.contains(document.activeElement));
    buttons[at < 0 ? 0 : Math.min(buttons.length - 1, Math.max(0, at + by))]?.focus();
  };
  useActions([
    { name: "today-down", label: t("web.today.key_down"), key: "j", quiet: true, run: () => step(1) },
    { name: "today-up", label: t("web.today.key_up"), key: "k", quiet: true, run: () => step(-1) },
  ]);
  const done = (key: string) => {
    const following = keys[keys.indexOf(key) + 1] ?? null;
    setOpen(following);
    setNext(following);
  };
  if (!answer.lines.length)
    return (
      <Nothing
        title={t(answer.done ? "web.today.all_done" : "web.today.nothing")}
        way={may(session, "activity", "add") ? { label: t("web.today.new"), run: () => plan(true) } : undefined}
      >
        {t("web.today.nothing_note")}
      </Nothing>
    );
  return (
    <Paper withBorder radius="md" className={css.lines}>
      <ol ref={list} aria-label={t("web.today.lines")}>
        {answer.lines.map((line) => {
          const key = keyOf(line);
          return (
            <TodayRow
              key={key}
              line={line}
              open={open === key}
              next={next === key}
              toggle={() => (setOpen(open === key ? null : key), setNext(null))}
              plan={() => plan(line.client ?? true)}
              done={() => done(key)}
            />
          );
        })}
      </ol>
      {answer.more && <p className={css.more}>{t("web.today.more", { at: moment(answer.now) })}</p>}
    </Paper>
  );
}
