// A stored filter as a sentence; of whose rows it speaks, its record says.
import type { Field, Filter, Row } from "@/api/shapes";
import { useMeta } from "@/api/useMeta";
import { sentence } from "@/list/sentence";
import { useTitles } from "@/list/useTitles";

/** Whose rows the filter in this field of the record chooses. */
export const aboutOf = (field: Field, record: Row | undefined) =>
  field.to ?? String((field.about && record?.[field.about]) ?? "");

export function FilterText({ about, filter }: { about: string; filter: Filter }) {
  const meta = useMeta();
  const titles = useTitles(meta, about, [filter]);
  return <>{sentence(filter, { meta, of: about, titles })}</>;
}
