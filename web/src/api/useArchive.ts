// Putting a record away, with a reason where it keeps one, and taking it back.
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { confirming } from "@/api/confirming";
import { call } from "@/api/http";
import type { Saved } from "@/api/shapes";
import { refresh } from "@/api/useSave";

export function useArchive(entity: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ id, verb, reason }: { id: number; verb: "archive" | "restore"; reason?: string }) =>
      confirming((confirmed) => {
        const body = { ...(reason && { reason }), ...confirmed };
        return call<Saved>("POST", `/api/${entity}/${id}/${verb}`, {
          body: Object.keys(body).length ? body : undefined,
        });
      }),
    onSuccess: () => refresh(client, entity),
  });
}
