// The stages of deals in their order; those of the pipeline that a stage belongs to.
import { useQuery } from "@tanstack/react-query";
import { ask, call } from "@/api/http";
import type { Page, Saved } from "@/api/shapes";

export const useAllStages = () =>
  useQuery({
    queryKey: ["list", "stage", "of deals"],
    queryFn: () => call<Page>("GET", ask("/api/stage", { sort: "place", limit: 200 })),
  }).data?.items;

export function useStages(stage: number) {
  const all = useAllStages() ?? [];
  const here = all.find(({ id }) => id === stage);
  return all.filter(({ process_id }) => here && process_id === here.process_id);
}

export const isOpen = (stage: Saved) => stage.kind === "open";
export const isWon = (stage: Saved) => stage.kind === "won";
export const isLost = (stage: Saved) => stage.kind === "lost";
