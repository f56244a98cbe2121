// Another rhythm for what runs by itself, or its usual one again; and who has changed it before.
import { Button, Group } from "@mantine/core";
import { useState } from "react";
import { Refusal, said } from "@/api/http";
import { moment } from "@/core/day";
import { rhythmWords } from "@/core/rhythm";
import { t } from "@/core/words";
import css from "@/features/settings/Schedule.module.css";
import { type Round, type RoundChange, useRoundChange, useRoundChanges } from "@/features/settings/useSchedule";
import { RhythmInput } from "@/fields/widgets";
import { Dialog } from "@/ui/Dialog";
import { tellBad, tellDone } from "@/ui/toasts";

export function RoundForm({ round, close }: { round: Round; close: () => void }) {
  const [rhythm, setRhythm] = useState(round.rhythm);
  const change = useRoundChange();
  const refusal = change.error instanceof Refusal ? change.error : null;
  const save = (next: string) =>
    change.mutate(
      { id: round.id, rhythm: next },
      {
        onSuccess: () => (tellDone(t("web.record.saved")), close()),
        onError: (error) => tellBad(said(error)),
      },
    );
  return (
    <Dialog title={t("web.schedule.edit")} onClose={close} size="lg">
      <RhythmInput
        label={t("web.schedule.rhythm")}
        value={rhythm}
        error={refusal?.of("rhythm")[0]}
        onChange={(next) => typeof next === "string" && setRhythm(next)}
      />
      <Changes id={round.id} />
      <Group justify="flex-end" mt="md">
        {round.rhythm !== round.usual && (
          <Button variant="subtle" onClick={() => save("")}>
            {t("web.schedule.as_usual")}
          </Button>
        )}
        <Button variant="default" onClick={close}>
          {t("web.cancel")}
        </Button>
        <Button loading={change.isPending} onClick={() => save(rhythm)}>
          {t("web.save")}
        </Button>
      </Group>
    </Dialog>
  );
}

/* What differs, before and after. */
function changeWords({ was, rhythm, off }: RoundChange) {
  const words = [];
  if (was.rhythm !== rhythm) words.push(`${rhythmWords(was.rhythm)} → ${rhythmWords(rhythm)}`);
  if (was.off !== off) words.push(t(off ? "web.schedule.was_stopped" : "web.schedule.was_begun"));
  return words.join(", ");
}

function Changes({ id }: { id: number }) {
  const { data } = useRoundChanges(id);
  if (!data?.items.length) return null;
  return (
    <details className={css.told}>
      <summary>{t("web.schedule.changes")}</summary>
      <ol className={css.changes}>
        {data.items.map((change, i) => (
          <li key={i}>
            {moment(change.at)}, {change.by ?? t("web.schedule.program")}: {changeWords(change)}
          </li>
        ))}
      </ol>
    </details>
  );
}
