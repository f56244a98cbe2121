// The period and the filters are the reader's, not the screen's: they stay from one analysis to the next, and when one
// comes back.
import type { AnalysisRow, Setting } from "@/features/analysis/list";
import type { Settings } from "@/features/analysis/useAnalysis";

const names: Partial<Record<Setting, string[]>> = {
  period: ["from", "to"],
  channel: ["channel"],
  class: ["class"],
  seller: ["seller"],
};

let kept: Settings = {};

const shared = (of: AnalysisRow) => of.settings.flatMap((setting) => names[setting] ?? []);
const some = (settings: Settings, wanted: string[]) =>
  Object.fromEntries(wanted.flatMap((name) => (settings[name] ? [[name, settings[name]]] : [])));

/** What an analysis is opened with: as the address says, or, where that says nothing, with what was set before. */
export function opened(of: AnalysisRow, address: Settings): Settings {
  const ours = shared(of);
  return ours.some((name) => address[name]) ? address : { ...some(kept, ours), ...address };
}

/** What was set stays; of what this analysis does not ask, what had been set before. */
export function keep(of: AnalysisRow, settings: Settings) {
  const ours = shared(of);
  const others = Object.keys(kept).filter((name) => !ours.includes(name));
  kept = { ...some(kept, others), ...some(settings, ours) };
}
