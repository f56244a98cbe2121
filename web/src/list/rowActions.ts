// What other places add to the rows of lists: a feature names its actions, the app collects them, and a list offers
// those that are about its entity and open to the reader, at one row or at all that are picked.
import { createContext, useContext } from "react";
import type { ComponentType } from "react";
import type { Entity, Saved } from "@/api/shapes";
import { may, mayHere, useSession } from "@/api/useSession";
import { later } from "@/ui/later";

export interface RowDeedProps {
  of: Entity;
  /** One, or all that are picked and fit. */
  rows: Saved[];
  close: () => void;
}

export interface RowAction {
  name: string;
  entity: string;
  /** Among those of one entity, the least first. */
  order: number;
  /** The key of its name. */
  word: string;
  needs: [entity: string, verb: string];
  /** Is there anything to be done with this row? */
  fits?: (row: Saved) => boolean;
  /** It can be done with several rows together. */
  many?: boolean;
  /** Drawn from when it is chosen until it says `close`. */
  load: () => Promise<{ default: ComponentType<RowDeedProps> }>;
}

export type ReadyAction = Omit<RowAction, "load"> & { Part: ComponentType<RowDeedProps> };

export const readyActions = (all: RowAction[]): ReadyAction[] =>
  all.map(({ load, ...rest }) => ({ ...rest, Part: later(load).Part })).sort((a, b) => a.order - b.order);

/** Filled around the screens (app/rowActions.ts). */
export const AllRowActions = createContext<ReadyAction[]>([]);

export function useRowActions(entity: string): ReadyAction[] {
  const session = useSession();
  return useContext(AllRowActions).filter((each) => each.entity === entity && may(session, ...each.needs));
}

/** Which of them are of use at this row; a record that says what may be done with it is asked. */
export function useFitting(of: Entity, actions: ReadyAction[]) {
  const session = useSession();
  return (row: Saved) =>
    actions.filter(
      ({ fits, needs: [entity, verb] }) =>
        !row.archived_at && (fits?.(row) ?? true) && (entity !== of.name || mayHere(session, entity, row, verb)),
    );
}
