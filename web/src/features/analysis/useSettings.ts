// The settings of an analysis stand in the address, so that a link shows a colleague the same.
import { useEffect, useMemo, useState } from "react";
import { useSearchParams } from "wouter";
import { keep, opened } from "@/features/analysis/kept";
import type { AnalysisRow } from "@/features/analysis/list";
import type { Settings } from "@/features/analysis/useAnalysis";

const settingsOf = (text: string): Settings => Object.fromEntries(new URLSearchParams(text));

export function useSettings(
  of: AnalysisRow,
): [Settings, (part: Record<string, string | null | undefined>) => void, (all: Settings) => void] {
  const [query, setQuery] = useSearchParams();
  // From then on the address alone says what is set, so that back takes it away.
  const [begun, setBegun] = useState(false);
  const address = query.toString();
  const text = begun ? address : new URLSearchParams(opened(of, settingsOf(address))).toString();
  const settings = useMemo(() => settingsOf(text), [text]);
  useEffect(() => {
    if (text !== address) setQuery(new URLSearchParams(text), { replace: true });
    else setBegun(true);
    keep(of, settingsOf(text));
  }, [of, text, address, setQuery]);
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
