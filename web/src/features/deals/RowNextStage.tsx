// From a list: deals go on to their next stage. One goes at once, with a way back; several say beforehand from where to
// where; and one that stands at the last stage is asked how it ended.
import { Button, Group } from "@mantine/core";
import { useEffect, useRef, useState } from "react";
import { Refusal, said } from "@/api/http";
import type { Saved } from "@/api/shapes";
import { t, tn } from "@/core/words";
import { LoseDialog } from "@/features/deals/LoseDialog";
import { isLost, isOpen, isWon, useAllStages } from "@/features/deals/useStages";
import { titleOf } from "@/fields/titleOf";
import { useMass } from "@/list/mass/useMass";
import { useMassTold } from "@/list/mass/useMassTold";
import type { RowDeedProps } from "@/list/rowActions";
import { useRowChange } from "@/list/useRowChange";
import { Dialog } from "@/ui/Dialog";
import { tellBad } from "@/ui/toasts";

interface Move {
  from: Saved;
  /** None: it stands at the last. */
  to?: Saved;
  rows: Saved[];
}

const inWay = (stages: Saved[], from: Saved) => stages.filter(({ process_id }) => process_id === from.process_id);

function movesOf(stages: Saved[], rows: Saved[]): Move[] {
  return stages.flatMap((from) => {
    const here = rows.filter(({ stage_id }) => stage_id === from.id);
    const open = inWay(stages, from).filter(isOpen);
    return here.length ? [{ from, to: open[open.indexOf(from) + 1], rows: here }] : [];
  });
}

export default function RowNextStage(props: RowDeedProps) {
  const stages = useAllStages();
  if (!stages) return null;
  const moves = movesOf(stages, props.rows);
  const [only] = moves;
  if (props.rows.length > 1) return <Many {...props} moves={moves} />;
  if (!only) return null;
  return only.to ? <One {...props} move={only} /> : <Ends {...props} stages={inWay(stages, only.from)} />;
}

function One({ of, rows: [row], move: { to }, close }: RowDeedProps & { move: Move }) {
  const { change, dialog } = useRowChange(of);
  const begun = useRef(false);
  useEffect(() => {
    if (begun.current || !row || !to) return;
    begun.current = true;
    const title = { id: to.id, title: String(to.name) };
    const told = t("web.board.moved", { name: titleOf(row), column: title.title });
    void change(row, { stage_id: to.id }, told, { stage_id: title }).then(close);
  });
  return dialog;
}

function Ends({ of, rows: [row], stages, close }: RowDeedProps & { stages: Saved[] }) {
  const { change, dialog } = useRowChange(of);
  const [losing, setLosing] = useState(false);
  const won = stages.find(isWon);
  const lost = stages.find(isLost);
  if (!row) return null;
  if (losing && lost) return <LoseDialog deal={row} stage={lost} close={close} />;
  const win = async (stage: Saved) => {
    if (await change(row, { stage_id: stage.id }, `${titleOf(row)}: ${String(stage.name)}`)) close();
  };
  return (
    <>
      {dialog}
      <Dialog onClose={close} title={titleOf(row)}>
        <p>{t("web.deal.at_last_stage")}</p>
        <Group justify="flex-end" mt="lg">
          {lost && (
            <Button variant="default" onClick={() => setLosing(true)}>
              {t("web.deal.lose")}
            </Button>
          )}
          {won && <Button onClick={() => void win(won)}>{t("web.deal.win")}</Button>}
        </Group>
      </Dialog>
    </>
  );
}

function Many({ of, moves, close }: RowDeedProps & { moves: Move[] }) {
  const mass = useMass(of.name);
  const tell = useMassTold(mass);
  const going = moves.filter(({ to }) => to);
  const last = moves.filter(({ to }) => !to).reduce((sum, { rows }) => sum + rows.length, 0);
  const go = async () => {
    for (const { to, rows } of going) {
      const done = await mass.go({ ids: rows.map(({ id }) => id) }, { values: { stage_id: to?.id } });
      if (done instanceof Refusal) return tellBad(said(done));
      tell(done);
    }
    close();
  };
  return (
    <Dialog onClose={close} title={t("web.deal.next")}>
      <ul>
        {going.map(({ from, to, rows }) => (
          <li key={from.id}>
            {tn("web.deal.goes_on", rows.length, { from: String(from.name), to: String(to?.name) })}
          </li>
        ))}
      </ul>
      {last > 0 && <p>{tn("web.deal.stay_last", last)}</p>}
      <Group justify="flex-end" mt="lg">
        <Button variant="default" onClick={close}>
          {t("web.cancel")}
        </Button>
        <Button loading={mass.busy} disabled={!going.length} onClick={() => void go()}>
          {t("web.deal.next")}
        </Button>
      </Group>
    </Dialog>
  );
}
