// What every analysis screen is given.
import type { Answer } from "@/features/analysis/answers";
import type { Settings } from "@/features/analysis/useAnalysis";

export interface ScreenProps {
  name: string;
  data: Answer;
  settings: Settings;
  change: (part: Record<string, string | null | undefined>) => void;
  /** Where a workbook of this answer comes from, for whoever may export. */
  sheet?: string;
}

/** The same screen with the members of one class or cell listed. */
export function cellPath(name: string, settings: Settings, cell: string) {
  return `/analysis/${name}?${new URLSearchParams({ ...settings, cell })}`;
}
