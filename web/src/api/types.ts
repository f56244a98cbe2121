// Printed by `sbyt types`; do not edit.

export const entityNames = [
  "user",
  "unit",
  "role",
  "absence",
  "view",
  "client",
  "person",
  "source",
  "product",
  "product_group",
  "channel",
  "sale",
  "activity_kind",
  "aim",
  "activity",
  "contact_rhythm",
  "process",
  "stage",
  "process_version",
  "deal",
  "reason",
  "need",
  "metric",
  "request_kind",
  "request",
  "watch",
  "finding",
  "import",
  "analysis_setting",
  "attachment",
] as const;

export type EntityName = (typeof entityNames)[number];

export interface User {
  id: number;
  version: number;
  name: string;
  login: string;
  email: string | null;
  phone: string | null;
  role_id: number;
  unit_id: number | null;
  language: "ru" | "en" | null;
  zone: string | null;
  blocked: boolean;
  created_at: string;
  created_by: number | null;
  changed_at: string;
  changed_by: number | null;
  archived_at: string | null;
  _titles?: Record<string, { entity?: EntityName; id: number; title: string | null }>;
}

export interface Unit {
  id: number;
  version: number;
  name: string;
  parent_id: number | null;
  head_id: number | null;
  created_at: string;
  created_by: number | null;
  changed_at: string;
  changed_by: number | null;
  archived_at: string | null;
  _titles?: Record<string, { entity?: EntityName; id: number; title: string | null }>;
}

export interface Role {
  id: number;
  version: number;
  name: string;
  name_key: string | null;
  view_limit: number | null;
  rights?: RoleRight[];
  created_at: string;
  created_by: number | null;
  changed_at: string;
  changed_by: number | null;
  archived_at: string | null;
  _titles?: Record<string, { entity?: EntityName; id: number; title: string | null }>;
}

export interface RoleRight {
  id: number;
  entity: string;
  verb: string;
  scope: "own" | "team" | "all";
  mask: string | null;
  _titles?: Record<string, { entity?: EntityName; id: number; title: string | null }>;
}

export interface Absence {
  id: number;
  version: number;
  user_id: number | null;
  from_day: string;
  until_day: string;
  why: "leave" | "illness" | "trip" | "other";
  stand_in_id: number | null;
  note: string | null;
  created_at: string;
  created_by: number | null;
  changed_at: string;
  changed_by: number | null;
  archived_at: string | null;
  _titles?: Record<string, { entity?: EntityName; id: number; title: string | null }>;
}

export interface View {
  id: number;
  version: number;
  name: string;
  entity: string;
  filter: import("@/api/shapes").Filter | null;
  search: string | null;
  columns: string | null;
  sort: string | null;
  shape: "list" | "board" | "tree" | "calendar" | "groups" | null;
  shape_by: string | null;
  shared: "mine" | "unit" | "role" | "all" | null;
  unit_id: number | null;
  role_id: number | null;
  owner_id: number | null;
  created_at: string;
  created_by: number | null;
  changed_at: string;
  changed_by: number | null;
  archived_at: string | null;
  _titles?: Record<string, { entity?: EntityName; id: number; title: string | null }>;
}

export interface Client {
  id: number;
  version: number;
  name: string;
  kind: "organisation" | "entrepreneur" | "person" | "outlet_owner";
  state: "potential" | "existing" | "reserve" | "archive";
  state_reason: string | null;
  state_since: string | null;
  parent_id: number | null;
  number: string | null;
  inn: string | null;
  inn_wrong: boolean;
  kpp: string | null;
  keeper_id: number | null;
  source_id: number | null;
  city: string | null;
  note: string | null;
  addresses?: ClientAddress[];
  phones?: ClientPhone[];
  persons?: ClientPerson[];
  created_at: string;
  created_by: number | null;
  changed_at: string;
  changed_by: number | null;
  archived_at: string | null;
  _titles?: Record<string, { entity?: EntityName; id: number; title: string | null }>;
}

export interface ClientAddress {
  id: number;
  kind: "legal" | "actual" | "delivery" | "post";
  text: string;
  city: string | null;
  latitude: string | null;
  longitude: string | null;
  _titles?: Record<string, { entity?: EntityName; id: number; title: string | null }>;
}

export interface ClientPhone {
  id: number;
  number: string;
  note: string | null;
  _titles?: Record<string, { entity?: EntityName; id: number; title: string | null }>;
}

export interface ClientPerson {
  id: number;
  person_id: number;
  role: "decides" | "influences" | "uses" | "buys" | "other" | null;
  post: string | null;
  since: string | null;
  until: string | null;
  _titles?: Record<string, { entity?: EntityName; id: number; title: string | null }>;
}

export interface Person {
  id: number;
  version: number;
  name: string;
  post: string | null;
  email: string | null;
  birthday: string | null;
  note: string | null;
  phones?: PersonPhone[];
  created_at: string;
  created_by: number | null;
  changed_at: string;
  changed_by: number | null;
  archived_at: string | null;
  _titles?: Record<string, { entity?: EntityName; id: number; title: string | null }>;
}

export interface PersonPhone {
  id: number;
  number: string;
  note: string | null;
  _titles?: Record<string, { entity?: EntityName; id: number; title: string | null }>;
}

export interface Source {
  id: number;
  version: number;
  name: string;
  created_at: string;
  created_by: number | null;
  changed_at: string;
  changed_by: number | null;
  archived_at: string | null;
  _titles?: Record<string, { entity?: EntityName; id: number; title: string | null }>;
}

export interface Product {
  id: number;
  version: number;
  name: string;
  number: string | null;
  group_id: number | null;
  unit: string | null;
  price: string | null;
  cost?: string | null;
  created_at: string;
  created_by: number | null;
  changed_at: string;
  changed_by: number | null;
  archived_at: string | null;
  _titles?: Record<string, { entity?: EntityName; id: number; title: string | null }>;
}

export interface ProductGroup {
  id: number;
  version: number;
  name: string;
  parent_id: number | null;
  created_at: string;
  created_by: number | null;
  changed_at: string;
  changed_by: number | null;
  archived_at: string | null;
  _titles?: Record<string, { entity?: EntityName; id: number; title: string | null }>;
}

export interface Channel {
  id: number;
  version: number;
  name: string;
  created_at: string;
  created_by: number | null;
  changed_at: string;
  changed_by: number | null;
  archived_at: string | null;
  _titles?: Record<string, { entity?: EntityName; id: number; title: string | null }>;
}

export interface Sale {
  id: number;
  version: number;
  number: string | null;
  day: string;
  client_id: number;
  seller_id: number | null;
  channel_id: number | null;
  kind: "sale" | "return";
  source: string | null;
  total: string | null;
  cost_total?: string | null;
  note: string | null;
  lines?: SaleLine[];
  created_at: string;
  created_by: number | null;
  changed_at: string;
  changed_by: number | null;
  archived_at: string | null;
  _titles?: Record<string, { entity?: EntityName; id: number; title: string | null }>;
}

export interface SaleLine {
  id: number;
  product_id: number | null;
  qty: string | null;
  price: string | null;
  amount: string | null;
  cost?: string | null;
  _titles?: Record<string, { entity?: EntityName; id: number; title: string | null }>;
}

export interface ActivityKind {
  id: number;
  version: number;
  name: string;
  channel: "call" | "meeting" | "visit" | "letter" | "message" | "work" | "session";
  asks: "result" | "outcome";
  next_needed: boolean;
  minutes: number | null;
  created_at: string;
  created_by: number | null;
  changed_at: string;
  changed_by: number | null;
  archived_at: string | null;
  _titles?: Record<string, { entity?: EntityName; id: number; title: string | null }>;
}

export interface Aim {
  id: number;
  version: number;
  name: string;
  created_at: string;
  created_by: number | null;
  changed_at: string;
  changed_by: number | null;
  archived_at: string | null;
  _titles?: Record<string, { entity?: EntityName; id: number; title: string | null }>;
}

export interface Activity {
  id: number;
  version: number;
  kind_id: number;
  subject: string | null;
  aim_id: number | null;
  client_id: number | null;
  person_id: number | null;
  about: `${EntityName}:${number}` | null;
  performer_id: number | null;
  queue_id: number | null;
  due_at: string | null;
  timed: boolean;
  due_day: string | null;
  minutes: number | null;
  place: string | null;
  priority: "high" | "usual" | "low" | null;
  state: "open" | "done" | "cancelled";
  done_at: string | null;
  done_day: string | null;
  at: string | null;
  outcome: "agreed" | "interested" | "later" | "refused" | "not_reached" | "sent" | null;
  result: string | null;
  reason: string | null;
  next_id: number | null;
  cause: `${EntityName}:${number}` | null;
  step: string | null;
  participants?: Participant[];
  created_at: string;
  created_by: number | null;
  changed_at: string;
  changed_by: number | null;
  archived_at: string | null;
  _titles?: Record<string, { entity?: EntityName; id: number; title: string | null }>;
}

export interface Participant {
  id: number;
  who: `${EntityName}:${number}`;
  part: string | null;
  _titles?: Record<string, { entity?: EntityName; id: number; title: string | null }>;
}

export interface ContactRhythm {
  id: number;
  version: number;
  name: string;
  clients: import("@/api/shapes").Filter | null;
  days: number;
  kind_id: number;
  aim_id: number;
  off: boolean;
  created_at: string;
  created_by: number | null;
  changed_at: string;
  changed_by: number | null;
  archived_at: string | null;
  _titles?: Record<string, { entity?: EntityName; id: number; title: string | null }>;
}

export interface Process {
  id: number;
  version: number;
  name: string;
  code: string | null;
  subject: string;
  place: number | null;
  created_at: string;
  created_by: number | null;
  changed_at: string;
  changed_by: number | null;
  archived_at: string | null;
  _titles?: Record<string, { entity?: EntityName; id: number; title: string | null }>;
}

export interface Stage {
  id: number;
  version: number;
  process_id: number;
  name: string;
  code: string | null;
  place: number | null;
  kind: "open" | "won" | "lost";
  lead: boolean;
  weight: string | null;
  term: string | null;
  created_at: string;
  created_by: number | null;
  changed_at: string;
  changed_by: number | null;
  archived_at: string | null;
  _titles?: Record<string, { entity?: EntityName; id: number; title: string | null }>;
}

export interface ProcessVersion {
  id: number;
  version: number;
  name: string | null;
  process_id: number;
  number: number | null;
  state: "draft" | "in_force" | "past" | null;
  since: string | null;
  note: string | null;
  steps?: ProcessStep[];
  gates?: ProcessGate[];
  outcomes?: ProcessOutcome[];
  created_at: string;
  created_by: number | null;
  changed_at: string;
  changed_by: number | null;
  archived_at: string | null;
  _titles?: Record<string, { entity?: EntityName; id: number; title: string | null }>;
}

export interface ProcessStep {
  id: number;
  code: string;
  name: string;
  stage_id: number;
  place: number | null;
  performer: "keeper" | "head" | "role" | "user" | null;
  role_id: number | null;
  user_id: number | null;
  after: string | null;
  must: boolean;
  norm: string | null;
  channel: "call" | "meeting" | "visit" | "letter" | "message" | "work" | null;
  purpose: string | null;
  input: string | null;
  action: string | null;
  result: string | null;
  document: string | null;
  _titles?: Record<string, { entity?: EntityName; id: number; title: string | null }>;
}

export interface ProcessGate {
  id: number;
  code: string;
  step: string;
  at: "leave" | "enter";
  needs: "tick" | "field" | "record" | "filter";
  path: string | null;
  filter: string | null;
  how: "refuse" | "confirm";
  says: string;
  _titles?: Record<string, { entity?: EntityName; id: number; title: string | null }>;
}

export interface ProcessOutcome {
  id: number;
  step: string;
  code: string;
  name: string;
  meets: boolean;
  deviation: boolean;
  _titles?: Record<string, { entity?: EntityName; id: number; title: string | null }>;
}

export interface Deal {
  id: number;
  version: number;
  number: string | null;
  name: string | null;
  client_id: number | null;
  person_id: number | null;
  stage_id: number | null;
  state: "open" | "won" | "lost" | null;
  direction: "new" | "existing" | null;
  amount: string | null;
  probability: string | null;
  margin?: string | null;
  expected_on: string | null;
  keeper_id: number | null;
  source_id: number | null;
  inbound: "cold" | "inbound" | "visit" | null;
  channel_id: number | null;
  stage_since: string | null;
  opened_on: string | null;
  qualified_on: string | null;
  closed_on: string | null;
  cycle_days: number | null;
  reached_id: number | null;
  lost_at_id: number | null;
  reason_id: number | null;
  rival: string | null;
  contracted: string | null;
  paid: string | null;
  shipped: string | null;
  to_pay: string | null;
  to_ship: string | null;
  note: string | null;
  lines?: DealLine[];
  settlements?: DealSettlement[];
  participants?: DealParticipant[];
  rivals?: DealRival[];
  created_at: string;
  created_by: number | null;
  changed_at: string;
  changed_by: number | null;
  archived_at: string | null;
  _titles?: Record<string, { entity?: EntityName; id: number; title: string | null }>;
}

export interface DealLine {
  id: number;
  product_id: number;
  qty: string | null;
  amount: string | null;
  _titles?: Record<string, { entity?: EntityName; id: number; title: string | null }>;
}

export interface DealSettlement {
  id: number;
  kind: "contract" | "payment" | "shipment";
  day: string;
  amount: string;
  note: string | null;
  _titles?: Record<string, { entity?: EntityName; id: number; title: string | null }>;
}

export interface DealParticipant {
  id: number;
  who: `${EntityName}:${number}`;
  part: string | null;
  _titles?: Record<string, { entity?: EntityName; id: number; title: string | null }>;
}

export interface DealRival {
  id: number;
  name: string;
  note: string | null;
  _titles?: Record<string, { entity?: EntityName; id: number; title: string | null }>;
}

export interface Reason {
  id: number;
  version: number;
  name: string;
  to_rival: boolean;
  created_at: string;
  created_by: number | null;
  changed_at: string;
  changed_by: number | null;
  archived_at: string | null;
  _titles?: Record<string, { entity?: EntityName; id: number; title: string | null }>;
}

export interface Need {
  id: number;
  version: number;
  client_id: number;
  product_id: number | null;
  what: string | null;
  volume: string | null;
  term: string | null;
  source: `${EntityName}:${number}` | null;
  note: string | null;
  created_at: string;
  created_by: number | null;
  changed_at: string;
  changed_by: number | null;
  archived_at: string | null;
  _titles?: Record<string, { entity?: EntityName; id: number; title: string | null }>;
}

export interface Metric {
  id: number;
  version: number;
  name: string;
  code: string;
  unit: "count" | "money" | "qty" | "ratio" | "days";
  direction: "up" | "down" | "none";
  how: "count" | "sum" | "mean" | "least" | "most" | "distinct" | "ratio";
  source: string | null;
  path: string | null;
  filter: import("@/api/shapes").Filter | null;
  on_day: string | null;
  over_id: number | null;
  under_id: number | null;
  least_sample: number | null;
  note: string | null;
  created_at: string;
  created_by: number | null;
  changed_at: string;
  changed_by: number | null;
  archived_at: string | null;
  _titles?: Record<string, { entity?: EntityName; id: number; title: string | null }>;
}

export interface RequestKind {
  id: number;
  version: number;
  name: string;
  side: "client" | "service";
  queue_id: number;
  term: string;
  asks: string | null;
  hands_over: boolean;
  checklist: string | null;
  created_at: string;
  created_by: number | null;
  changed_at: string;
  changed_by: number | null;
  archived_at: string | null;
  _titles?: Record<string, { entity?: EntityName; id: number; title: string | null }>;
}

export interface Request {
  id: number;
  version: number;
  kind_id: number;
  subject: string | null;
  what: string;
  client_id: number | null;
  deal_id: number | null;
  state: "waiting" | "taken" | "answered" | "accepted" | "cancelled";
  performer_id: number | null;
  queue_id: number | null;
  author_id: number | null;
  asked_at: string | null;
  term: string | null;
  term_why: string | null;
  due_at: string | null;
  taken_at: string | null;
  checked: string | null;
  answered_at: string | null;
  closed_at: string | null;
  answer: string | null;
  reason: string | null;
  returned: number | null;
  level: number | null;
  escalated_id: number | null;
  created_at: string;
  created_by: number | null;
  changed_at: string;
  changed_by: number | null;
  archived_at: string | null;
  _titles?: Record<string, { entity?: EntityName; id: number; title: string | null }>;
}

export interface Watch {
  id: number;
  version: number;
  name: string;
  entity: string;
  filter: import("@/api/shapes").Filter | null;
  rhythm: string;
  performer: "keeper" | "head" | "person" | "role";
  person_id: number | null;
  role_id: number | null;
  task: string | null;
  due: string | null;
  cap: number | null;
  active: boolean;
  created_at: string;
  created_by: number | null;
  changed_at: string;
  changed_by: number | null;
  archived_at: string | null;
  _titles?: Record<string, { entity?: EntityName; id: number; title: string | null }>;
}

export interface Finding {
  id: number;
  version: number;
  name: string | null;
  watch_id: number | null;
  about: `${EntityName}:${number}` | null;
  state: "open" | "closed" | "excused" | null;
  owner_id: number | null;
  queue_id: number | null;
  opened_at: string | null;
  closed_at: string | null;
  reason: string | null;
  created_at: string;
  created_by: number | null;
  changed_at: string;
  changed_by: number | null;
  archived_at: string | null;
  _titles?: Record<string, { entity?: EntityName; id: number; title: string | null }>;
}

export interface Import {
  id: number;
  version: number;
  name: string;
  target: string;
  state: "checking" | "running" | "done" | "failed" | "cancelled" | "undoing" | "undone";
  source: string;
  dry: boolean;
  rows_read: number | null;
  made: number | null;
  changed: number | null;
  known: number | null;
  bad: number | null;
  warned: number | null;
  sales: number | null;
  amount: string | null;
  clients: number | null;
  new_clients: number | null;
  started_at: string | null;
  ended_at: string | null;
  created_at: string;
  created_by: number | null;
  changed_at: string;
  changed_by: number | null;
  archived_at: string | null;
  _titles?: Record<string, { entity?: EntityName; id: number; title: string | null }>;
}

export interface AnalysisSetting {
  id: number;
  version: number;
  name: string;
  analysis: string;
  settings: string;
  shared: boolean;
  owner_id: number | null;
  created_at: string;
  created_by: number | null;
  changed_at: string;
  changed_by: number | null;
  archived_at: string | null;
  _titles?: Record<string, { entity?: EntityName; id: number; title: string | null }>;
}

export interface Attachment {
  id: number;
  version: number;
  about: `${EntityName}:${number}`;
  file_id: number;
  kind: "photo" | "scan" | "recording" | "letter" | "other" | null;
  name: string | null;
  note: string | null;
  type: string | null;
  size: number | null;
  picture: boolean;
  links: number | null;
  created_at: string;
  created_by: number | null;
  changed_at: string;
  changed_by: number | null;
  archived_at: string | null;
  _titles?: Record<string, { entity?: EntityName; id: number; title: string | null }>;
}
