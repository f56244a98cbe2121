// What runs by itself: each with its rhythm, its next and its last time; asked again while one runs.
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { call } from "@/api/http";

export interface Round {
  id: number;
  name: string;
  rhythm: string;
  usual: string;
  off: boolean;
  /** This server runs it. */
  here: boolean;
  next_at: string | null;
  state: "waiting" | "running" | "done" | "failed" | "stopped" | null;
  tries: number;
  last_for: string | null;
  began_at: string | null;
  ended_at: string | null;
  again_at: string | null;
  problem: string | null;
}

const key = ["schedule"];
export const runs = ({ state, again_at }: Round) => state === "running" || (state === "waiting" && !again_at);

export const useSchedule = () =>
  useQuery({
    queryKey: key,
    queryFn: () => call<{ items: Round[] }>("GET", "/api/schedule"),
    refetchInterval: ({ state }) => (state.data?.items.some(runs) ? 1000 : 30000),
  });

interface Stood {
  rhythm: string;
  off: boolean;
}

export type RoundChange = Stood & { at: string; by: string | null; was: Stood };

/** Who has changed a round, the latest first. */
export const useRoundChanges = (id: number) =>
  useQuery({
    queryKey: [...key, id, "changes"],
    queryFn: () => call<{ items: RoundChange[] }>("GET", `/api/schedule/${id}/changes`),
  });

export function useRoundChange() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ id, ...body }: { id: number; rhythm?: string; off?: boolean }) =>
      call<Round>("PATCH", `/api/schedule/${id}`, { body }),
    onSettled: () => client.invalidateQueries({ queryKey: key }),
  });
}

export function useRunNow() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (id: number) => call("POST", `/api/schedule/${id}/run`),
    onSettled: () => client.invalidateQueries({ queryKey: key }),
  });
}
