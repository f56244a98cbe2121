// What every analysis answers: a sentence, how it was counted, and tables from which charts are drawn.
export type CellType =
  | "text"
  | "class"
  | "count"
  | "days"
  | "money"
  | "qty"
  | "share"
  | "factor"
  | "day"
  | "month"
  | "client"
  | "product"
  | "list";

export interface Column {
  key: string;
  label: string;
  type: CellType;
}

export interface Named {
  id: number;
  name: string;
}

export interface Table {
  title: string;
  columns: Column[];
  rows: Record<string, unknown>[];
}

export interface AnswerSettings {
  from: string;
  to: string;
  as_of: string;
  earliest: string | null;
  latest: string | null;
  measure: "revenue" | "margin" | "quantity";
  measures: ("revenue" | "margin" | "quantity")[];
  of: "client" | "product";
  channel: number | null;
  seller: number | null;
  client: number | null;
  product: number | null;
  class: string | null;
  cell: string | null;
  cuts: [number | string, number | string];
  xyz: [number | string, number | string];
}

export interface Answer {
  settings: AnswerSettings;
  sentence: string;
  how: string;
  coverage?: { revenue: string; costed?: string; counted?: string; share: number | string };
  tables: Record<string, Table>;
}

/** The rows of one table; none when the answer has no such table. */
export const rowsOf = <T>(answer: Answer, table: string) => (answer.tables[table]?.rows ?? []) as T[];
