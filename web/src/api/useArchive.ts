// Putting a record away, with a reason where it keeps one, and taking it back.
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { call } from "@/api/http";
import type { Saved } from "@/api/shapes";
import { refresh } from "@/api/useSave";

export function useArchive(entity: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ id, verb, reason }: { id: number; verb: "archive" | "restore"; reason?: string }) =>
      call<Saved>("POST", `/api/${entity}/${id}/${verb}`, { body: reason ? { reason } : undefined }),
    onSuccess: () => refresh(client, entity),
  });
}
