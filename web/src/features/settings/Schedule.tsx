// What runs by itself: when, how it went, now; and the working days that rhythms go by.
import { Button, Switch } from "@mantine/core";
import { useState } from "react";
import { said } from "@/api/http";
import { moment } from "@/core/day";
import { rhythmWords } from "@/core/rhythm";
import { known, sentence, t } from "@/core/words";
import { RoundForm } from "@/features/settings/RoundForm";
import { SettingsTabs } from "@/features/settings/SettingsTabs";
import { type Round, runs, useRoundChange, useRunNow, useSchedule } from "@/features/settings/useSchedule";
import { WorkDays } from "@/features/settings/WorkDays";
import { WorkWeek } from "@/features/settings/WorkWeek";
import { Section } from "@/record/Section";
import { Page } from "@/ui/Page";
import { tellBad, tellDone } from "@/ui/toasts";
import me from "@/features/settings/Me.module.css";
import css from "@/features/settings/Schedule.module.css";

export default function Schedule() {
  const { data } = useSchedule();
  const [edited, setEdited] = useState<Round | null>(null);
  return (
    <Page title={t("web.place.settings")} name={t("web.settings.schedule")}>
      <SettingsTabs />
      <div className={css.parts}>
        <Section title={t("web.settings.schedule")}>
          <p className={me.note}>{t("web.schedule.note")}</p>
          <ul className={css.rounds}>
            {data?.items.map((round) => (
              <Line key={round.id} round={round} edit={() => setEdited(round)} />
            ))}
          </ul>
        </Section>
        <WorkWeek />
        <WorkDays />
      </div>
      {edited && <RoundForm round={edited} close={() => setEdited(null)} />}
    </Page>
  );
}

const titleOf = ({ name }: Round) => (known(`web.schedule.name.${name}`) ? t(`web.schedule.name.${name}`) : name);

function howItWent(round: Round): string {
  const { state, ended_at, began_at, again_at, problem } = round;
  if (!state) return t("web.schedule.never_ran");
  if (again_at) return t("web.schedule.again", { at: moment(again_at), why: problem ?? "" });
  if (state === "running") return t("web.schedule.running", { at: moment(began_at) });
  if (state === "waiting") return t("web.schedule.waiting");
  const at = moment(ended_at);
  return state === "failed" ? t("web.schedule.failed", { at, why: problem ?? "" }) : t(`web.schedule.${state}`, { at });
}

function Line({ round, edit }: { round: Round; edit: () => void }) {
  const change = useRoundChange();
  const now = useRunNow();
  const title = titleOf(round);
  const bad = round.state === "failed" || Boolean(round.again_at);
  const onError = (error: unknown) => tellBad(said(error));
  return (
    <li className={css.round}>
      <div className={css.what}>
        <b>{title}</b>
        <span>{sentence(rhythmWords(round.rhythm))}</span>
        {round.rhythm !== round.usual && (
          <span className={css.dim}>{t("web.schedule.usual", { rhythm: rhythmWords(round.usual) })}</span>
        )}
        <span className={css.dim}>
          {round.off
            ? t("web.schedule.is_off")
            : round.next_at
              ? t("web.schedule.next", { at: moment(round.next_at) })
              : ""}
        </span>
        <span className={bad ? css.bad : css.dim}>{howItWent(round)}</span>
        {!round.here && <span className={css.dim}>{t("web.schedule.not_here")}</span>}
      </div>
      <div className={css.deeds}>
        <Switch
          aria-label={t("web.schedule.on", { name: title })}
          checked={!round.off}
          onChange={(event) => change.mutate({ id: round.id, off: !event.currentTarget.checked }, { onError })}
        />
        <Button size="xs" variant="default" aria-label={t("web.schedule.edit_of", { name: title })} onClick={edit}>
          {t("web.schedule.edit")}
        </Button>
        <Button
          size="xs"
          variant="default"
          aria-label={t("web.schedule.run_of", { name: title })}
          disabled={!round.here || runs(round)}
          onClick={() => now.mutate(round.id, { onSuccess: () => tellDone(t("web.schedule.begun")), onError })}
        >
          {t("web.schedule.run")}
        </Button>
      </div>
    </li>
  );
}
