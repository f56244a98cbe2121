// The settings of an analysis stand in the address, so that a link shows a colleague the same.
import { useMemo } from "react";
import { useSearchParams } from "wouter";
import type { Settings } from "@/features/analysis/useAnalysis";

export function useSettings(): [Settings, (part: Record<string, string | null | undefined>) => void, (all: Settings) => void] {
  const [query, setQuery] = useSearchParams();
  const text = query.toString();
  const settings = useMemo(() => Object.fromEntries(new URLSearchParams(text)), [text]);
  const change = (part: Record<string, string | null | undefined>) =>
    setQuery((before) => {
      const next = new URLSearchParams(before);
      for (const [name, value] of Object.entries(part))
        if (value) next.set(name, value);
        else next.delete(name);
      return next;
    });
  return [settings, change, (all) => setQuery(new URLSearchParams(all))];
}
