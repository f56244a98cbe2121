// The lists kept under a name for one entity: one's own and those that colleagues share; kept, changed, put away.
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { ask, call } from "@/api/http";
import type { Filter, Saved } from "@/api/shapes";
import type { Shape } from "@/list/shapes";
import { may, useSession } from "@/api/useSession";

export type Share = "mine" | "unit" | "role" | "all";

export interface View {
  id: number;
  version: number;
  name: string;
  /** What of it the reader may ask; null: all. */
  filter: Filter | null;
  search: string;
  /** Names with blanks between; empty: the list's own. */
  columns: string;
  sort: string;
  shape: Shape;
  shape_by: string;
  shared: Share;
  unit_id: number | null;
  role_id: number | null;
  mine: boolean;
  /** Whose it is; nobody's came with the program. */
  by: string;
  /** He does not work here any more. */
  gone: boolean;
  /** How many conditions, and columns, the reader may not have. */
  left_conditions: number;
  left_names: number;
  left_records: number;
}

export type ViewPatch = Partial<
  Pick<
    View,
    "name" | "filter" | "search" | "columns" | "sort" | "shape" | "shape_by" | "shared" | "unit_id" | "role_id"
  >
>;

export function useViews(entity: string) {
  const session = useSession();
  return useQuery({
    queryKey: ["view", entity],
    queryFn: () => call<{ items: View[] }>("GET", ask("/api/view/offered", { entity })),
    enabled: may(session, "view", "view"),
  });
}

export function useViewDeeds(entity: string) {
  const client = useQueryClient();
  const onSuccess = () => client.invalidateQueries({ queryKey: ["view", entity] });
  const make = useMutation({
    mutationFn: (patch: ViewPatch) => call<Saved>("POST", "/api/view", { body: { entity, ...patch } }),
    onSuccess,
  });
  const change = useMutation({
    mutationFn: ({ view, patch }: { view: View; patch: ViewPatch }) =>
      call<Saved>("PATCH", `/api/view/${view.id}`, { body: patch, version: view.version }),
    onSuccess,
  });
  const move = useMutation({
    mutationFn: ({ id, verb }: { id: number; verb: "archive" | "restore" }) =>
      call<Saved>("POST", `/api/view/${id}/${verb}`),
    onSuccess,
  });
  return { make, change, move };
}
