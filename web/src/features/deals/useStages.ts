// The stages of the pipeline that a stage belongs to, in their order.
import { useQuery } from "@tanstack/react-query";
import { ask, call } from "@/api/http";
import type { Page, Saved } from "@/api/shapes";

export function useStages(stage: number) {
  const { data } = useQuery({
    queryKey: ["list", "stage", "of deals"],
    queryFn: () => call<Page>("GET", ask("/api/stage", { sort: "place", limit: 200 })),
  });
  const all = data?.items ?? [];
  const here = all.find(({ id }) => id === stage);
  return all.filter(({ process_id }) => here && process_id === here.process_id);
}

export const isOpen = (stage: Saved) => stage.kind === "open";
export const isWon = (stage: Saved) => stage.kind === "won";
export const isLost = (stage: Saved) => stage.kind === "lost";
