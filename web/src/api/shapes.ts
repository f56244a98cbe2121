// What the server says and takes. Money, quantities, prices and shares are decimal text; a day is "2026-03-04"; a
// moment is ISO UTC.
export type Value = string | number | boolean | null | undefined;
export type FieldType =
  | "text"
  | "int"
  | "bool"
  | "money"
  | "price"
  | "qty"
  | "ratio"
  | "degree"
  | "day"
  | "moment"
  | "choice"
  | "ref"
  | "link"
  | "rhythm"
  | "span"
  | "filter";
export type Op = "is" | "is_not" | "in" | "has" | "starts" | "from" | "to" | "empty" | "not_empty" | "under" | "of";

/** What is compared with, where it is no value: whoever asks, his team, a day or moment by the clock, another field. */
export type Form = { me: 1 } | { team: 1 } | { day: string } | { now: string } | { field: string } | { row: string };
export type Operand = Value | Form;

/** `field` may be a path over references: "client_id.city". */
export interface Leaf {
  field: string;
  op: Op;
  value?: Operand | Operand[];
}

/** Rows that belong to a record, "phones", or point at it, "<sale.client_id". */
export interface Counted {
  some?: string;
  none?: string;
  count?: string;
  sum?: string;
  where?: Filter[];
  op?: Op;
  value?: Operand;
}
export type Filter = Leaf | Counted | { all: Filter[] } | { any: Filter[] } | { not: Filter };

export interface Choice {
  key: string;
  label: string;
}

export interface Field {
  name: string;
  type: FieldType;
  label: string;
  required?: boolean;
  max?: number;
  unique?: boolean;
  sort?: boolean;
  /** Lists tell its sum. */
  total?: boolean;
  find?: boolean;
  filter?: Op[];
  to?: string;
  /** Of a filter: the field that names the entity whose rows it chooses; without it `to` does. */
  about?: string;
  /** What a link may point at. */
  of?: string[];
  options?: Choice[];
  mask?: string;
  own?: boolean;
  /** Of columns that the client itself adds: least width in rem. */
  room?: number;
  /** What is said of a column where one points at its head. */
  note?: string;
  /** Of a figure: it has a value, so it can be a column; */
  shown?: boolean;
  /** it comes from rows of this entity, */
  counts?: string;
  /** those that point here by this reference, of the days of the count that wrote it down. */
  by?: string;
  day?: string;
  counted?: string;
  by_rule?: boolean;
  at_start?: boolean;
  /** Who is signed in may not give it to a new record, or not change it in any. */
  not_new?: boolean;
  not_anew?: boolean;
  /** What a new record begins with. */
  start?: string | number | boolean;
}

export interface Children {
  name: string;
  entity: string;
  /** What a row says of the record it belongs to: its id. */
  parent: string;
  label: string;
  fields: Field[];
}

export interface Entity {
  name: string;
  label: string;
  title: string;
  /** The order of its lists. */
  order?: string;
  /** The reference to the record of the same entity that stands above. */
  tree?: string;
  /** The field that says whose a row is. */
  owner?: string;
  fields: Field[];
  /** Names that are no fields: classes, what was bought. Filters take them; those with a value are columns too. */
  figures?: Field[];
  children: Children[];
  verbs: string[];
  /** Of a list of children: the entity they belong to, whose rights are theirs, and what a row calls its record. */
  above?: string;
  parent?: string;
}

export interface Meta {
  entities: Entity[];
  masks?: string[];
}

export interface Title {
  /** Of a link. */
  entity?: string;
  id: number;
  title: string;
}

export type Row = { id?: number; [field: string]: unknown };

export interface Saved extends Row {
  id: number;
  version: number;
  created_at?: string;
  changed_at?: string;
  archived_at?: string | null;
  _titles?: Record<string, Title>;
  _figures?: Record<string, Value>;
  /** Of one record: what may be done with it, and which fields stay as they are. */
  _may?: string[];
  _fixed?: string[];
  /** What is said of a save though it passed. */
  notes?: Problem[];
}

/** When figures were counted that are written down, and of which days. */
export interface CountMade {
  at: string;
  from: string | null;
  to: string | null;
  as_of: string | null;
}

export interface Page {
  items: Saved[];
  next: string | null;
  counted?: Record<string, CountMade>;
}

export interface Count {
  count: number;
  totals?: Record<string, string>;
}

export interface Problem {
  field?: string;
  key?: string;
  text?: string;
  row?: number;
  column?: string;
  theirs?: Value;
  yours?: Value;
  /** It passes when it is said that it is meant, */
  confirmable?: boolean;
  /** and why. */
  needs_reason?: boolean;
}

export interface Session {
  user: { id: number; name: string; role: string | null; language: "ru" | "en"; zone: string | null };
  rights: Record<string, Record<string, string | boolean>>;
  firm: { name: string; currency: string; language: "ru" | "en"; zone: string; today: string };
}

export interface Change {
  field: string;
  label?: string;
  old: Value;
  new: Value;
  old_text?: string;
  new_text?: string;
  large?: boolean; // too large to be told: without its values
}

export interface Event {
  record?: { id: number; title: string | null };
  at: string;
  actor: { id: number; name: string } | null;
  verb: string;
  diff: Change[];
  /** What was said to be meant when it was saved. */
  confirmed?: { key: string; text: string; reason?: string };
}

export interface Door {
  label?: string;
  entity: string;
  filter?: Filter;
  sort?: string;
}
