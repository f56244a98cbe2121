// Saving: a new record once, a change against the version it was made on. Lists and cards that show it are asked again.
import { useMutation, useQueryClient, type QueryClient } from "@tanstack/react-query";
import { confirming } from "@/api/confirming";
import { call } from "@/api/http";
import type { Row, Saved, Title } from "@/api/shapes";
import { listedWith } from "@/api/listedWith";
import { recordKey } from "@/api/useRecord";

type Titles = Record<string, Title>;

/* The answer to a change tells ids; what they are called is known from before, or from whoever picked them. */
const withTitles = ({ notes: _said, ...saved }: Saved, before: Saved | undefined, picked: Titles = {}): Saved => ({
  ...saved,
  _titles: { ...before?._titles, ...picked, ...saved._titles },
});

export function refresh(client: QueryClient, entity: string, saved?: Saved, picked?: Titles) {
  if (saved)
    client.setQueryData(recordKey(entity, saved.id), (before: Saved | undefined) => withTitles(saved, before, picked));
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
}

export function useChange(entity: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ id, version, values }: Patch) =>
      confirming(
        (confirmed) => call<Saved>("PATCH", `/api/${entity}/${id}`, { body: { ...values, ...confirmed }, version }),
        { entity, id, version, values },
      ),
    onSuccess: (saved, { titles }) => refresh(client, entity, saved, titles),
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
