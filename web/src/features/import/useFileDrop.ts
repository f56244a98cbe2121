// Letting the file of an import go; what it brought stays.
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { call } from "@/api/http";

export function useFileDrop(id: number) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: () => call<null>("DELETE", `/api/import/${id}/file`),
    onSuccess: () => client.invalidateQueries({ queryKey: ["import"] }),
  });
}
