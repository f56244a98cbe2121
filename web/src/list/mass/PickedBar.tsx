// What can be done with the rows that are picked.
import { Button } from "@mantine/core";
import { useState } from "react";
import type { Entity, Field, Saved } from "@/api/shapes";
import { may, useSession } from "@/api/useSession";
import { whole } from "@/core/number";
import { t, tn } from "@/core/words";
import { LatelyMenu } from "@/list/mass/LatelyMenu";
import { MassDialog } from "@/list/mass/MassDialog";
import type { Picked } from "@/list/mass/usePicked";
import type { ReadyAction } from "@/list/rowActions";
import css from "@/list/mass/PickedBar.module.css";

interface Props {
  of: Entity;
  picked: Picked;
  rows: Saved[];
  total: number;
  /** What features add, each with those of the picked rows that it can be done with. */
  more: { action: ReadyAction; rows: Saved[] }[];
  run: (action: ReadyAction, ...rows: Saved[]) => void;
}

export type DeedName = "change" | "hand" | "archive";

/** Whom its rows belong to, where that is a person one may name. */
export const keeperOf = (of: Entity): Field | undefined =>
  of.fields.find((field) => field.name === of.owner && field.to === "user" && !field.by_rule && !field.not_anew);

export function PickedBar({ of, picked, rows, total, more, run }: Props) {
  const session = useSession();
  const [deed, setDeed] = useState<DeedName | null>(null);
  const deeds: DeedName[] = [
    "change",
    ...(keeperOf(of) ? (["hand"] as const) : []),
    ...(may(session, of.name, "archive") ? (["archive"] as const) : []),
  ];
  return (
    <div className={css.bar} role="toolbar" aria-label={t("web.mass.deeds")}>
      <b aria-live="polite">{tn("web.mass.picked", picked.count)}</b>
      {!picked.all && total > picked.count && (
        <Button size="compact-sm" variant="subtle" onClick={picked.takeAll}>
          {t("web.mass.take_all", { n: whole(total) })}
        </Button>
      )}
      {deeds.map((each) => (
        <Button
          key={each}
          size="compact-sm"
          variant="light"
          disabled={picked.count === 0}
          onClick={() => setDeed(each)}
        >
          {t(`web.mass.${each}`)}
        </Button>
      ))}
      {more.map(({ action, rows: fit }) => (
        <Button
          key={action.name}
          size="compact-sm"
          variant="light"
          disabled={!fit.length}
          onClick={() => run(action, ...fit)}
        >
          {t(action.word)}
        </Button>
      ))}
      <LatelyMenu of={of} />
      <Button size="compact-sm" variant="subtle" color="gray" onClick={() => picked.start(false)}>
        {t("web.mass.end")}
      </Button>
      {deed && <MassDialog of={of} deed={deed} picked={picked} rows={rows} close={() => setDeed(null)} />}
    </div>
  );
}
