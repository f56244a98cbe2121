// The analyses there are, in the order of work, and what each lets one set.
export type Setting =
  | "period"
  | "before"
  | "compare"
  | "of"
  | "measure"
  | "cuts"
  | "xyz"
  | "grain"
  | "channel"
  | "class"
  | "seller"
  | "client"
  | "product";

export interface AnalysisRow {
  name: string;
  /** None: it is reached through a door of another. */
  group?: "base" | "sales" | "clients";
  settings: Setting[];
}

const who: Setting[] = ["channel", "class", "seller"];

export const analyses: AnalysisRow[] = [
  { name: "findings", group: "base", settings: ["period", ...who] },
  { name: "finding", settings: ["period", ...who] },
  { name: "working_base", group: "base", settings: ["period", ...who] },
  { name: "growth", group: "base", settings: ["period", "channel", "seller"] },
  { name: "dynamics", group: "sales", settings: ["period", "grain", "measure", ...who, "client", "product"] },
  { name: "why", group: "sales", settings: ["period", "before", ...who] },
  { name: "abc", group: "clients", settings: ["period", "of", "measure", "cuts", "channel", "seller"] },
  { name: "xyz", group: "clients", settings: ["period", "xyz", ...who] },
  { name: "matrix", group: "clients", settings: ["period", "measure", "cuts", "xyz", "channel", "seller"] },
  { name: "rfm", group: "clients", settings: ["period", "compare", ...who] },
  { name: "status", group: "clients", settings: ["period", ...who] },
  { name: "falling", group: "clients", settings: ["period", ...who] },
  { name: "concentration", group: "clients", settings: ["period", "measure", "channel", "seller"] },
  { name: "misleads", group: "clients", settings: ["period", ...who] },
];

export const groups = ["base", "sales", "clients"] as const;
