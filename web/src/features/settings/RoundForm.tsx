// Another rhythm for what runs by itself, or its usual one again.
import { Button, Group } from "@mantine/core";
import { useState } from "react";
import { Refusal, said } from "@/api/http";
import { t } from "@/core/words";
import { type Round, useRoundChange } from "@/features/settings/useSchedule";
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
