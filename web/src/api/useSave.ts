// Saving: a new record once, a change against the version it was made on. Lists and cards that show it are asked again.
import { useMutation, useQueryClient, type QueryClient } from "@tanstack/react-query";
import { call } from "@/api/http";
import type { Row, Saved } from "@/api/shapes";
import { recordKey } from "@/api/useRecord";

export function refresh(client: QueryClient, entity: string, saved?: Saved) {
  if (saved) client.setQueryData(recordKey(entity, saved.id), saved);
  else void client.invalidateQueries({ queryKey: ["record", entity] });
  for (const kind of ["list", "count", "found", "history", "card"]) void client.invalidateQueries({ queryKey: [kind, entity] });
}

export interface Patch {
  id: number;
  version?: number;
  values: Row;
}

export function useChange(entity: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ id, version, values }: Patch) => call<Saved>("PATCH", `/api/${entity}/${id}`, { body: values, version }),
    onSuccess: (saved) => refresh(client, entity, saved),
  });
}

export function useCreate(entity: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ values, once }: { values: Row; once: string }) => call<Saved>("POST", `/api/${entity}`, { body: values, once }),
    onSuccess: (saved) => refresh(client, entity, saved),
  });
}
