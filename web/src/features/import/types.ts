// What the import says and takes.
import type { Filter, Title } from "@/api/shapes";

export interface Form {
  kind: "csv" | "xlsx" | "xls" | "ods" | "dbf" | "zip";
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
  report?: ReportForm | null;
}

/** What a level of a report's rows says, or what stands across its columns. */
export type Says = "client" | "product" | "document" | "date" | "seller" | "channel" | "other";

/** How a report is read as a table; null: find out. */
export interface ReportForm {
  shape: "find" | "table" | "report";
  levels: Says[];
  across: Says | "nothing" | null;
  label?: number | null;
  sums?: number[] | null;
  fill?: boolean;
  /** How rows look that sum those above them without saying it. */
  below?: "nothing" | "bold" | "outline" | "empty";
  below_at?: number;
  /** All sheets of this shape are read as one table; the last column is the day that their names say. */
  sheets?: boolean;
  name_day?: boolean;
}

/** A row of a report as it stands in the file; level null: of none. */
export interface ReportLine {
  number: number;
  level: number | null;
  sums: boolean;
  cells: string[];
}

/** A report as it stands in the file: its columns, which of them holds the names of the levels, which sum others. */
export interface Report {
  said: string;
  columns: string[];
  label: number | null;
  sums: number[];
  rows: ReportLine[];
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
  /** Which column would fill which field. */
  columns: Record<string, number>;
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
  /** What was said of the last file with these columns. */
  before: Pick<Ask, "target" | "key" | "mode" | "source" | "c_marks_return"> | null;
  report: Report | null;
  c_marks_return?: boolean;
  number_doubt?: boolean;
  day_doubt?: boolean;
  doubts: string[];
}

export interface Preview {
  fields: TargetField[];
  rows: string[][];
  /** Where each of them stands in the file. */
  numbers: number[];
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
  mends?: Mends;
}

/** The role in which people are made whom nobody knows; fields that stay empty where a cell cannot be read. */
export interface Mends {
  people?: number;
  blank?: string[];
}

/** What could be done about all problems of a kind, once it is in the plan. */
export type Mend =
  | { kind: "people"; count: number; role: Title | null }
  | { kind: "blank"; count: number }
  | { kind: "create"; count: number };

/** Problems that are alike: how many rows, and the first of them. */
export interface ProblemKind {
  key: string;
  field: string | null;
  warning: boolean;
  count: number;
  rows: { row: number; cell: string; text: string }[];
  mend: Mend | null;
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
  kinds?: ProblemKind[];
  /** Of an import of sales: those that were not known, what they come to, their clients, those made for them. */
  sales?: number;
  amount?: string;
  clients?: number;
  new_clients?: number;
  can_undo?: boolean;
  left?: Left[];
  file?: { size: number; until: string } | null;
  at: string;
  by?: { id: number; name: string } | null;
  text?: string;
  door?: { entity: string; filter: Filter };
}

export const going = (one: Import) => one.state === "running" || one.state === "waiting" || one.state === "undoing";

/** Why rows are left out though they can be read. */
const LEFT_OUT = { not_won: "import.not_won_left_out", cancelled: "import.cancelled_left_out" };
export type LeftOut = keyof typeof LEFT_OUT;
export const leftOuts = Object.keys(LEFT_OUT) as LeftOut[];

export const isLeftOut = (kind: ProblemKind) => Object.values(LEFT_OUT).includes(kind.key);

export const leftOut = (of: Import, why: LeftOut) =>
  (of.kinds ?? []).filter(({ key }) => key === LEFT_OUT[why]).reduce((sum, { count }) => sum + count, 0);

/** What is not said is left to the server. */
export const wireOf = (ask: Ask): Ask => ({ ...ask, source: ask.source?.trim() || undefined });
