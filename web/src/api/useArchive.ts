// Putting a record away, and taking it back.
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { call } from "@/api/http";
import type { Saved } from "@/api/shapes";
import { refresh } from "@/api/useSave";

export function useArchive(entity: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ id, verb }: { id: number; verb: "archive" | "restore" }) => call<Saved>("POST", `/api/${entity}/${id}/${verb}`),
    onSuccess: () => refresh(client, entity),
  });
}
