// Cancelling an import that runs, taking back one that is done.
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { call } from "@/api/http";

export function useImportDeed(id: number) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (deed: "cancel" | "undo") => call<{ id?: number }>("POST", `/api/import/${id}/${deed}`),
    onSuccess: () => client.invalidateQueries({ queryKey: ["import"] }),
  });
}
