// The actions at the rows of one list: whose menu is open, and what has been chosen, drawn until it is over.
import { Suspense, useState } from "react";
import type { Entity, Saved } from "@/api/shapes";
import { type ReadyAction, useFitting, useRowActions } from "@/list/rowActions";
import type { RowDeeds } from "@/list/RowMenu";

export function useRowDeeds(of: Entity) {
  const actions = useRowActions(of.name);
  const fitting = useFitting(of, actions);
  const [open, setOpen] = useState<number | null>(null);
  const [chosen, setChosen] = useState<{ action: ReadyAction; rows: Saved[] } | null>(null);
  const run = (action: ReadyAction, ...rows: Saved[]) => setChosen({ action, rows });
  const deeds: RowDeeds | undefined = actions.length ? { of, actions, open, setOpen, run } : undefined;
  const Part = chosen?.action.Part;
  return {
    deeds,
    /** What can be done with all of these together, and with how many of them. */
    together: (rows: Saved[]) =>
      actions
        .filter(({ many }) => many)
        .map((action) => ({ action, rows: rows.filter((row) => fitting(row).includes(action)) })),
    run,
    dialog: Part && chosen && (
      <Suspense fallback={null}>
        <Part of={of} rows={chosen.rows} close={() => setChosen(null)} />
      </Suspense>
    ),
  };
}
