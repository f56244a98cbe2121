// Handing over all that a person holds: what it would do, doing it, how far it is, stopping it, giving back.
import { keepPreviousData, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { call, onceKey } from "@/api/http";
import type { Saved } from "@/api/shapes";

export const RULES = ["one", "territory", "load", "revenue"] as const;
export type Rule = (typeof RULES)[number];

export interface Handing {
  rule: Rule;
  to: number[];
  until?: string;
  dismiss?: boolean;
}

export interface Share {
  id: number;
  name: string;
  held: Record<string, number>;
  revenue: string | null;
  load: number;
}

interface Named {
  id: number;
  name: string;
}

export interface HandOver {
  id: number;
  at: string;
  by: Named | null;
  rule: Rule | null;
  until: string | null;
  dismissed: boolean;
  back_of: number | null;
  back: number | null;
  parts: { user: Named; entity: string; total: number; left: number }[];
  state: "running" | "done" | "stopped";
  total: number;
  waiting: number;
  left: { entity: string; id: number; title: string; text: string }[];
}

const EACH_MS = 1000;
const keyOf = (user: number) => ["hand_over", user];

/** Asked while there is somebody to give it to. */
export const useHandPlan = (user: number, handing: Handing) =>
  useQuery({
    enabled: handing.to.length > 0,
    queryKey: [...keyOf(user), "plan", handing],
    queryFn: () =>
      call<{ beyond: number; to: Share[] }>("POST", `/api/user/${user}/hand_over/preview`, { body: handing }),
    placeholderData: keepPreviousData,
    retry: false,
  });

/** While one runs it is asked for once a second. */
export const useHandOvers = (user: number, asked: boolean) =>
  useQuery({
    enabled: asked,
    queryKey: keyOf(user),
    queryFn: () => call<{ items: HandOver[] }>("GET", `/api/user/${user}/hand_over`),
    refetchInterval: ({ state }) => (state.data?.items.some((each) => each.state === "running") ? EACH_MS : false),
  });

function useDeed<T>(user: number, run: (what: T) => Promise<unknown>) {
  const client = useQueryClient();
  return useMutation({ mutationFn: run, onSettled: () => client.invalidateQueries({ queryKey: keyOf(user) }) });
}

export const useHand = (user: Saved) =>
  useDeed(user.id, (body: Handing) => call("POST", `/api/user/${user.id}/hand_over`, { body, once: onceKey() }));

export const useGiveBack = (user: number) =>
  useDeed(user, (id: number) =>
    call("POST", `/api/user/${user}/hand_over/back`, { body: { hand_over: id }, once: onceKey() }),
  );

export const useStopHanding = (user: number) =>
  useDeed(user, (id: number) => call("POST", `/api/user/${user}/hand_over/stop`, { body: { hand_over: id } }));
