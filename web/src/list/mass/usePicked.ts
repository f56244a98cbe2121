// Which rows of a list are picked, for a deed at all of them: some by name, or all of the list's conditions.
import { useState } from "react";
import type { Saved } from "@/api/shapes";
import type { Wanted } from "@/api/useList";

export interface Picked {
  on: boolean;
  /** All that the conditions hold, those that have not come yet among them. */
  all: boolean;
  count: number;
  has: (row: Saved) => boolean;
  start: (on: boolean) => void;
  /** One row, or with `range` all from the one before to it. */
  toggle: (at: number, range?: boolean) => void;
  /** The rows that have come, or none of them. */
  toggleRows: () => void;
  takeAll: () => void;
  /** What a deed is asked with. */
  question: { ids?: number[]; filter?: Wanted["filter"]; search?: string };
}

interface State {
  of: string;
  on: boolean;
  all: boolean;
  ids: ReadonlySet<number>;
  last: number;
}

const nothing = (of: string, on: boolean): State => ({ of, on, all: false, ids: new Set(), last: -1 });

export function usePicked(rows: Saved[], total: number, { search, filter }: Wanted): Picked {
  const of = JSON.stringify([search, filter]);
  const [held, setHeld] = useState(() => nothing(of, false));
  const state = held.of === of ? held : nothing(of, held.on); /* other conditions hold other rows */
  const put = (ids: ReadonlySet<number>, last: number) => setHeld({ of, on: true, all: false, ids, last });
  const toggle = (at: number, range = false) => {
    const row = rows[at];
    if (!row) return;
    const ids = new Set(state.all ? rows.map(({ id }) => id) : state.ids);
    const taken = !ids.has(row.id);
    const from = range && state.last >= 0 ? Math.min(state.last, at) : at;
    const to = range && state.last >= 0 ? Math.max(state.last, at) : at;
    for (const { id } of rows.slice(from, to + 1)) {
      if (taken) ids.add(id);
      else ids.delete(id);
    }
    put(ids, at);
  };
  return {
    on: state.on,
    all: state.all,
    count: state.all ? total : state.ids.size,
    has: (row) => state.all || state.ids.has(row.id),
    start: (on) => setHeld(nothing(of, on)),
    toggle,
    toggleRows: () =>
      put(state.all || rows.every(({ id }) => state.ids.has(id)) ? new Set() : new Set(rows.map(({ id }) => id)), -1),
    takeAll: () => setHeld({ ...nothing(of, true), all: true }),
    question: state.all ? { filter, search } : { ids: [...state.ids] },
  };
}
