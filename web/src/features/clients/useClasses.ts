// The classes and days of the clients in sight: asked for together, however many rows ask.
import { useQuery } from "@tanstack/react-query";
import { ask, call } from "@/api/http";

export interface Classes {
  abc?: string;
  xyz?: string;
  status?: string;
  last?: string | null;
  next?: string | null;
}

interface Answer {
  items: { id: number; kind: "abc" | "xyz" | "status"; value: string }[];
  days: { id: number; last: string | null; next: string | null }[];
}

const MANY = 200;
const GATHER_MS = 15;

let waiting = new Map<number, ((classes: Classes) => void)[]>();
let timer: number | undefined;

async function fetchMany(ids: number[]): Promise<Map<number, Classes>> {
  const { items, days } = await call<Answer>("GET", ask("/api/client/classes", { ids: ids.join(",") }));
  const found = new Map<number, Classes>(ids.map((id) => [id, {}]));
  for (const { id, kind, value } of items) Object.assign(found.get(id) ?? {}, { [kind]: value });
  for (const { id, last, next } of days) Object.assign(found.get(id) ?? {}, { last, next });
  return found;
}

async function round() {
  const now = waiting;
  waiting = new Map();
  timer = undefined;
  const ids = [...now.keys()];
  for (let at = 0; at < ids.length; at += MANY) {
    const part = ids.slice(at, at + MANY);
    const found = await fetchMany(part).catch(() => new Map<number, Classes>());
    for (const id of part) for (const answer of now.get(id) ?? []) answer(found.get(id) ?? {});
  }
}

const gathered = (id: number) =>
  new Promise<Classes>((answer) => {
    waiting.set(id, [...(waiting.get(id) ?? []), answer]);
    timer ??= window.setTimeout(() => void round(), GATHER_MS);
  });

export const useClasses = (id: number) =>
  useQuery({ queryKey: ["card", "client", id, "classes"], queryFn: () => gathered(id), staleTime: 60_000 });
