// What the server says of the day's work.
import type { Title } from "@/api/shapes";

export interface Last {
  id: number;
  at: string;
  kind: string;
  channel: string | null;
  outcome: string | null;
  result: string | null;
  by: string | null;
}

export type Band = "hour" | "overdue" | "due" | "offered";

export interface TodayLine {
  band: Band;
  reason: string;
  /** Of the activity; null: a client is offered. */
  id: number | null;
  version: number | null;
  kind: Title | null;
  channel: string | null;
  asks: string | null;
  next_needed: boolean;
  subject: string | null;
  aim: Title | null;
  due_at: string | null;
  timed: boolean;
  priority: string | null;
  minutes: number | null;
  place: string | null;
  /** Whose it is, when it is not the reader's. */
  for: Title | null;
  queued: boolean;
  client: Title | null;
  person: Title | null;
  phones: string[];
  last: Last | null;
}

export interface Busy {
  id: number;
  name: string;
  due: number;
  overdue: number;
  done: number;
}

export interface TodayAnswer {
  now: string;
  day: string;
  from: string;
  until: string;
  lines: TodayLine[];
  more: boolean;
  done: number;
  team: Busy[];
}

/** Until when something is to be done: a day, and an hour or none. */
export interface When {
  day: string;
  hour: string;
}
