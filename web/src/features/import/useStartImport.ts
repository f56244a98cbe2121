// Starting an import or its dry run.
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { call, onceKey } from "@/api/http";
import type { Ask } from "@/features/import/types";

export function useStartImport() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (ask: Ask) => call<{ id: number }>("POST", "/api/import", { body: ask, once: onceKey() }),
    onSuccess: () => client.invalidateQueries({ queryKey: ["import", "list"] }),
  });
}
