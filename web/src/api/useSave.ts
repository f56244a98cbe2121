// Saving: a new record once, a change against the version it was made on. Lists and cards that show it are asked again.
import { useMutation, useQueryClient, type QueryClient } from "@tanstack/react-query";
import { confirming } from "@/api/confirming";
import { call } from "@/api/http";
import type { Row, Saved, Title } from "@/api/shapes";
import { listedWith } from "@/api/listedWith";
import { recordKey } from "@/api/useRecord";

type Titles = Record<string, Title>;

const rowsIn = (value: unknown): Row[] =>
  Array.isArray(value) ? value.filter((each): each is Row => typeof each === "object" && each !== null) : [];

/* What rows of one list point at, by field and id. */
function titlesIn(rows: Row[]) {
  const known = new Map<string, Title>();
  for (const row of rows)
    for (const [name, title] of Object.entries((row._titles as Titles | undefined) ?? {}))
      known.set(`${name} ${String(row[name])}`, title);
  return known;
}

function rowWithTitles(row: Row, known: Map<string, Title>): Row {
  const found = Object.keys(row).flatMap((name) => {
    const title = known.get(`${name} ${String(row[name])}`);
    return title ? [[name, title] as const] : [];
  });
  return found.length ? { ...row, _titles: { ...Object.fromEntries(found), ...(row._titles as object) } } : row;
}

/* The lists of a record, in which each row knows what it points at. */
function listsWithTitles(saved: Saved, before: Saved | undefined, picked: Row): Row {
  const lists = Object.keys(saved).filter((name) => name !== "_titles" && rowsIn(saved[name]).length);
  return Object.fromEntries(
    lists.map((name) => {
      const known = titlesIn([...rowsIn(before?.[name]), ...rowsIn(picked[name])]);
      return [name, rowsIn(saved[name]).map((row) => rowWithTitles(row, known))];
    }),
  ) as unknown as Row;
}

/* The answer to a change tells ids; what they are called is known from before, or from whoever picked them. */
const withTitles = (
  { notes: _said, ...saved }: Saved,
  before?: Saved,
  picked: Titles = {},
  lists: Row = {},
): Saved => ({
  ...saved,
  ...listsWithTitles(saved as Saved, before, lists),
  _titles: { ...before?._titles, ...picked, ...saved._titles },
});

export function refresh(client: QueryClient, entity: string, saved?: Saved, picked?: Titles, lists?: Row) {
  if (saved)
    client.setQueryData(recordKey(entity, saved.id), (before: Saved | undefined) =>
      withTitles(saved, before, picked, lists),
    );
  else void client.invalidateQueries({ queryKey: ["record", entity] });
  for (const kind of ["found", "history", "card", "way"]) void client.invalidateQueries({ queryKey: [kind, entity] });
  for (const listed of listedWith(client, entity))
    for (const kind of ["list", "count", "group"]) void client.invalidateQueries({ queryKey: [kind, listed] });
}

export interface Patch {
  id: number;
  version?: number;
  values: Row;
  /** What the records that `values` point at are called. */
  titles?: Titles;
  /** Lists of `values` whose rows say what they point at. */
  lists?: Row;
}

export function useChange(entity: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ id, version, values }: Patch) =>
      confirming(
        (confirmed) => call<Saved>("PATCH", `/api/${entity}/${id}`, { body: { ...values, ...confirmed }, version }),
        { entity, id, version, values },
      ),
    onSuccess: (saved, { titles, lists }) => refresh(client, entity, saved, titles, lists),
  });
}

export function useCreate(entity: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ values, once }: { values: Row; once: string }) =>
      confirming((confirmed) => call<Saved>("POST", `/api/${entity}`, { body: { ...values, ...confirmed }, once })),
    onSuccess: (saved) => refresh(client, entity, saved),
  });
}
