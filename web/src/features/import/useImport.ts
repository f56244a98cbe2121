// One import: asked again when the server says something happened, and now and then while it runs.
import { useQuery } from "@tanstack/react-query";
import { call } from "@/api/http";
import { going, type Import } from "@/features/import/types";

export const useImport = (id: number | null) =>
  useQuery({
    queryKey: ["import", id],
    queryFn: () => call<Import>("GET", `/api/import/${id}`),
    enabled: id !== null,
    staleTime: 0,
    refetchInterval: (query) => (query.state.data && going(query.state.data) ? 1000 : false),
  });
