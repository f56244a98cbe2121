// How a record is led by the version of its process: the steps, what the open ones ask for, what a move lacks.
import { useQuery } from "@tanstack/react-query";
import { ask, call } from "@/api/http";

export interface WayStep {
  code: string;
  name: string;
  number: number;
  stage_id: number;
  /** Null: it has not been come to. */
  state: "open" | "done" | "skipped" | null;
  must: boolean;
  due_at: string | null;
  left_at: string | null;
  outcome: string | null;
  deviation: boolean;
  override_by: string | null;
  why: string | null;
  purpose: string | null;
  input: string | null;
  action: string | null;
  result: string | null;
  document: string | null;
  channel: string | null;
  performer: string | null;
  performer_name: string | null;
}

export interface WayGate {
  code: string;
  step: string;
  at: "leave" | "enter";
  needs: "tick" | "field" | "record" | "filter";
  how: "refuse" | "confirm";
  says: string;
  path: string | null;
  met: boolean;
  /** Why it cannot be asked at all. */
  fault: string | null;
}

export interface WayOutcome {
  step: string;
  code: string;
  name: string;
  meets: boolean;
  deviation: boolean;
}

export interface Led {
  led: true;
  version_id: number;
  number: number;
  stage_id: number;
  steps: WayStep[];
  gates: WayGate[];
  outcomes: WayOutcome[];
  /** Codes of what is missing for the stage that was asked about. */
  to: { stage_id: number; steps: string[]; gates: string[]; meant: string[]; may_override: boolean } | null;
  newer: { id: number; number: number; unknown: string[]; added: string[] } | null;
}

export type Way = Led | { led: false };

export const useWay = (entity: string, id: number, to?: number) =>
  useQuery({
    queryKey: ["way", entity, id, to ?? null],
    queryFn: () => call<Way>("GET", ask(`/api/${entity}/${id}/next`, to ? { stage: to } : {})),
    refetchOnMount: "always",
  });

export interface StepTaken {
  step: string;
  ticks?: string[];
  /** The ticks that were seen: what others have ticked since stays. */
  was?: string[];
  outcome?: string;
  close?: boolean;
}

export const takeStep = (entity: string, id: number, body: StepTaken) =>
  call<Way>("POST", `/api/${entity}/${id}/step`, { body });

/** The ticks of a step, these among them ticked or not, beside those that were seen. */
export function ticksOf(way: Led, step: string, now: Record<string, boolean>) {
  const all = way.gates.filter((gate) => gate.needs === "tick" && gate.step === step);
  return {
    ticks: all.filter((gate) => now[gate.code] ?? gate.met).map(({ code }) => code),
    was: all.filter(({ met }) => met).map(({ code }) => code),
  };
}
