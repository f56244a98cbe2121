// What the import says and takes.
import type { Filter, Problem } from "@/api/shapes";

export interface Form {
  kind: "csv" | "xlsx";
  encoding?: string;
  delimiter?: string;
  quotes?: boolean;
  header: boolean;
  begins?: number;
  sheet?: number;
  sheets?: string[];
  columns?: number;
  number: { decimal: string; group: string };
  day: "ymd" | "dmy" | "mdy" | "serial";
}

export interface Column {
  index: number;
  name: string;
  samples: string[];
  guess?: { field: string; confidence: number } | null;
}

export interface TargetField {
  name: string;
  label: string;
  required?: boolean;
}

export interface Target {
  entity: string;
  label: string;
  fields: TargetField[];
  keys: string[];
}

export interface Recognised {
  file: number;
  name: string;
  form: Form;
  columns: Column[];
  target_guess: string;
  targets: Target[];
  preview: string[][];
  remembered?: boolean;
  c_marks_return?: boolean;
  number_doubt?: boolean;
  day_doubt?: boolean;
  doubts: string[];
}

export interface Preview {
  fields: TargetField[];
  rows: string[][];
}

export interface Ask {
  file: number;
  form: Form;
  target: string;
  columns: Record<string, number>;
  key?: string;
  mode?: "create" | "update" | "upsert";
  source?: string;
  c_marks_return?: boolean;
  dry_run: boolean;
}

export interface ImportProblem extends Problem {
  cell?: string;
  /** The row was taken all the same. */
  warning?: boolean;
}

/** What an undo left as it is: a field somebody changed since, or a whole record (no field) that others point at. */
export interface Left {
  entity: string;
  record: number;
  title: string;
  field: string;
  ours: string;
  theirs: string;
  text: string;
}

export interface Import {
  id: number;
  name: string;
  target: string;
  dry: boolean;
  state: "waiting" | "running" | "done" | "failed" | "cancelled" | "undoing" | "undone";
  done: number;
  total: number;
  rate?: number;
  created: number;
  changed: number;
  known: number;
  bad: number;
  warned?: number;
  problems?: ImportProblem[];
  problem_count?: number;
  can_undo?: boolean;
  left?: Left[];
  file?: { size: number; until: string } | null;
  at: string;
  by?: { id: number; name: string } | null;
  text?: string;
  door?: { entity: string; filter: Filter };
}

export const going = (one: Import) => one.state === "running" || one.state === "waiting" || one.state === "undoing";

/** What is not said is left to the server. */
export const wireOf = (ask: Ask): Ask => ({ ...ask, source: ask.source?.trim() || undefined });
