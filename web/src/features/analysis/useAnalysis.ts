// The answer of one analysis to one set of settings. While the history is still being read the question is asked again.
import { useQuery } from "@tanstack/react-query";
import { ask, call, Refusal } from "@/api/http";
import type { Answer } from "@/features/analysis/answers";

export type Settings = Record<string, string>;

export const analysisPath = (name: string, settings: Settings, more: Settings = {}) =>
  ask(`/api/analysis/${name}`, { ...settings, ...more });

const loading = (error: unknown) => error instanceof Refusal && error.status === 503;

export const useAnalysis = (name: string, settings: Settings) =>
  useQuery({
    queryKey: ["analysis", name, settings],
    queryFn: ({ signal }) => call<Answer>("GET", analysisPath(name, settings), { signal }),
    placeholderData: (before, query) => (query?.queryKey[1] === name ? before : undefined),
    retry: (count, error) =>
      loading(error) ? count < 60 : count < 1 && !(error instanceof Refusal && error.status < 500),
    retryDelay: 1000,
    staleTime: 30_000,
  });
