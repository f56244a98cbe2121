// What a version of a process says, as its card reads it: steps in their order, what keeps it from being published, and
// what differs from another.
import { useQuery } from "@tanstack/react-query";
import { call } from "@/api/http";
import type { Row, Saved } from "@/api/shapes";
import { useList } from "@/api/useList";
import { useRecord } from "@/api/useRecord";

export interface Flaw {
  field: string;
  key: string;
  says: string;
}

export const useFlaws = (version: Saved) =>
  useQuery({
    queryKey: ["card", "process_version", version.id, version.version, "flaws"],
    queryFn: () => call<{ items: Flaw[] }>("GET", `/api/process_version/${version.id}/check`),
    enabled: version.state === "draft",
  });

export const rowsOf = (version: Saved, list: string) => (version[list] as Row[] | undefined) ?? [];

export interface Step {
  row: Row;
  /** Its place among the steps as they are kept, by which flaws name it. */
  at: number;
  stage?: Saved;
}

const placeOf = (value: unknown) => (typeof value === "number" ? value : Number.MAX_SAFE_INTEGER);

/** By stages, then by their own places. */
export function stepsOf(version: Saved, stages: Saved[]): Step[] {
  const order = (step: Step) => (step.stage ? stages.indexOf(step.stage) : stages.length);
  return rowsOf(version, "steps")
    .map((row, at) => ({ row, at, stage: stages.find(({ id }) => id === row.stage_id) }))
    .sort((a, b) => order(a) - order(b) || placeOf(a.row.place) - placeOf(b.row.place) || a.at - b.at);
}

export function useProcessStages(process: number): Saved[] {
  const { data } = useList("stage", {
    filter: { field: "process_id", op: "is", value: process },
    sort: "place",
  });
  return data?.pages.flatMap((page) => page.items) ?? [];
}

/** The version in force of a process, where that is another one. */
export function useInForce(version: Saved) {
  const { data } = useList("process_version", {
    filter: {
      all: [
        { field: "process_id", op: "is", value: Number(version.process_id) },
        { field: "state", op: "is", value: "in_force" },
      ],
    },
    sort: "-number",
  });
  const found = data?.pages[0]?.items[0];
  const other = found && found.id !== version.id ? found.id : 0;
  return useRecord("process_version", other, other > 0).data;
}

const keyOf = (list: string, row: Row) => `${list === "outcomes" ? `${String(row.step)} ` : ""}${String(row.code)}`;
const told = ({ id: _id, _titles, ...rest }: Row) => JSON.stringify(rest);

export interface Differing {
  list: string;
  added: Row[];
  gone: Row[];
  changed: Row[];
}

/** What this version says otherwise than the other. */
export function differing(now: Saved, was: Saved): Differing[] {
  return ["steps", "gates", "outcomes"].map((list) => {
    const before = new Map(rowsOf(was, list).map((row) => [keyOf(list, row), row]));
    const after = new Map(rowsOf(now, list).map((row) => [keyOf(list, row), row]));
    return {
      list,
      added: [...after].filter(([key]) => !before.has(key)).map(([, row]) => row),
      gone: [...before].filter(([key]) => !after.has(key)).map(([, row]) => row),
      changed: [...after]
        .filter(([key, row]) => before.has(key) && told(before.get(key) as Row) !== told(row))
        .map(([, row]) => row),
    };
  });
}
