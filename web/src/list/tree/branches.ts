// Records that stand above one another as rows in the order of a tree, as far as they are unfolded or looked for.
import type { Saved } from "@/api/shapes";

export interface Branch {
  row: Saved;
  /** 1 of those above which nothing stands. */
  level: number;
  /** How many stand below it at once. */
  below: number;
  open: boolean;
  /** It was not looked for, and shows where the others stand. */
  aside: boolean;
}

interface Asked {
  rows: Saved[];
  tree: string;
  folded: ReadonlySet<number>;
  /** The ids of those that are looked for; null: all. */
  found: ReadonlySet<number> | null;
}

/* The found ones and whatever stands above them. */
function keptOf({ rows, tree, found }: Asked): ReadonlySet<number> | null {
  if (!found) return null;
  const above = new Map(rows.map((row) => [row.id, row[tree] as number | null]));
  const kept = new Set<number>();
  for (let id of found) for (; id && !kept.has(id) && above.has(id); id = above.get(id) ?? 0) kept.add(id);
  return kept;
}

export function branchesOf(asked: Asked): Branch[] {
  const { rows, tree, folded, found } = asked;
  const kept = keptOf(asked);
  const known = new Set(rows.map(({ id }) => id));
  const below = new Map<number, Saved[]>();
  for (const row of rows) {
    if (kept && !kept.has(row.id)) continue;
    const above = Number(row[tree] ?? 0);
    const at = known.has(above) ? above : 0;
    below.set(at, [...(below.get(at) ?? []), row]);
  }
  const out: Branch[] = [];
  const add = (above: number, level: number) => {
    for (const row of below.get(above) ?? []) {
      const inside = below.get(row.id)?.length ?? 0;
      const open = inside > 0 && (found !== null || !folded.has(row.id));
      out.push({ row, level, below: inside, open, aside: found !== null && !found.has(row.id) });
      if (open) add(row.id, level + 1);
    }
  };
  add(0, 1);
  return out;
}
