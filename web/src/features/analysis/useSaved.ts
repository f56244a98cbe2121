// Settings kept under a name: one's own and those shared with colleagues.
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { ask, call } from "@/api/http";
import type { Settings } from "@/features/analysis/useAnalysis";

export interface SavedSetting {
  id: number;
  name: string;
  analysis: string;
  settings: Settings;
  shared: boolean;
  mine: boolean;
}

export function useSaved(analysis: string) {
  const client = useQueryClient();
  const again = () => client.invalidateQueries({ queryKey: ["analysis_setting", analysis] });
  const list = useQuery({
    queryKey: ["analysis_setting", analysis],
    queryFn: () => call<{ items: SavedSetting[] }>("GET", ask("/api/analysis_setting", { analysis })),
  });
  const save = useMutation({
    mutationFn: (body: { name: string; settings: Settings; shared: boolean }) =>
      call("POST", "/api/analysis_setting", { body: { ...body, analysis } }),
    onSuccess: again,
  });
  const drop = useMutation({
    mutationFn: (id: number) => call("DELETE", `/api/analysis_setting/${id}`),
    onSuccess: again,
  });
  return { items: list.data?.items ?? [], save, drop };
}
