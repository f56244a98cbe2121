// Where a deal stands: its pipeline, a stage a button, and how it ends, won or lost.
import { Button, Group } from "@mantine/core";
import { useState } from "react";
import ThumbDown from "icons/IconThumbDown.mjs";
import ThumbUp from "icons/IconThumbUp.mjs";
import { said } from "@/api/http";
import type { Saved } from "@/api/shapes";
import { mayHere, useSession } from "@/api/useSession";
import { dayInWords, daysBetween, today } from "@/core/day";
import { t, tn } from "@/core/words";
import { LoseDialog } from "@/features/deals/LoseDialog";
import { isLost, isOpen, isWon, useStages } from "@/features/deals/useStages";
import { useFieldEdit } from "@/record/useFieldEdit";
import { tellBad } from "@/ui/toasts";
import css from "@/features/deals/StageBar.module.css";

function standing(deal: Saved) {
  if (deal.state !== "open") return t(`web.deal.${String(deal.state)}_on`, { day: dayInWords(String(deal.closed_on)) });
  const days = Math.max(0, daysBetween(String(deal.stage_since), today()));
  return days ? tn("web.deal.stands", days) : t("web.deal.stands_today");
}

export function StageBar({ deal }: { deal: Saved }) {
  const session = useSession();
  const stages = useStages(Number(deal.stage_id));
  const [losing, setLosing] = useState<Saved | null>(null);
  const { save, busy } = useFieldEdit("deal");
  const editable = mayHere(session, "deal", deal, "change") && !deal.archived_at;
  const here = stages.findIndex(({ id }) => id === deal.stage_id);
  const won = stages.find(isWon);
  const lost = stages.find(isLost);
  const last = stages.filter(isOpen).at(-1)?.id === deal.stage_id; // what comes next is to win it
  const move = async (stage: Saved) => {
    const title = { id: stage.id, title: String(stage.name) };
    const refusal = await save(deal, { stage_id: stage.id }, { stage_id: title });
    if (refusal) tellBad(said(refusal));
  };
  return (
    <div className={css.bar}>
      <ol className={css.stages} aria-label={t("deal.stage_id")} tabIndex={0}>
        {stages.filter(isOpen).map((stage, at) => (
          <li key={stage.id} data-past={at < here || undefined} data-here={at === here || undefined}>
            <button
              type="button"
              disabled={!editable || busy || at === here}
              aria-current={at === here ? "step" : undefined}
              onClick={() => void move(stage)}
            >
              {String(stage.name)}
            </button>
          </li>
        ))}
      </ol>
      <Group gap="sm" justify="space-between">
        <span className={css.standing} data-state={String(deal.state)}>
          {standing(deal)}
        </span>
        {editable && deal.state === "open" && (
          <Group gap="xs">
            {won && (
              <Button
                variant={last ? "filled" : "default"}
                leftSection={<ThumbUp size={16} />}
                disabled={busy}
                onClick={() => void move(won)}
              >
                {t("web.deal.win")}
              </Button>
            )}
            {lost && (
              <Button variant="default" leftSection={<ThumbDown size={16} />} onClick={() => setLosing(lost)}>
                {t("web.deal.lose")}
              </Button>
            )}
          </Group>
        )}
      </Group>
      {losing && <LoseDialog deal={deal} stage={losing} close={() => setLosing(null)} />}
    </div>
  );
}
