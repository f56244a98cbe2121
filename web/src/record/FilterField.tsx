// The condition that a record holds, as chips that read like a sentence, to be made and changed where it stands.
import { Input } from "@mantine/core";
import type { Field, Filter, Value } from "@/api/shapes";
import { isLeaf } from "@/list/conditions";
import { FilterBar } from "@/list/FilterBar";

interface Props {
  field: Field;
  value: Value | Filter;
  onChange: (value: Value) => void;
  error?: string;
  bare?: boolean;
}

/** Does it say itself whose rows it chooses? Of others the record says so, and they are made where those are listed. */
export const isMadeHere = (field: Field) => field.type === "filter" && Boolean(field.to);

const partsOf = (filter: Filter) => (!isLeaf(filter) && "all" in filter ? filter.all : [filter]);
const joined = (parts: Filter[]) => (parts.length > 1 ? { all: parts } : (parts[0] ?? null));

export function FilterField({ field, value, onChange, error, bare }: Props) {
  const parts = value ? partsOf(value as Filter) : [];
  return (
    <Input.Wrapper label={bare ? undefined : field.label} error={error} withAsterisk={field.required}>
      {/* A condition is a form of its own: that it is done saves no record. */}
      <div onSubmit={(event) => event.stopPropagation()}>
        <FilterBar of={field.to ?? ""} parts={parts} onChange={(next) => onChange(joined(next) as unknown as Value)} />
      </div>
    </Input.Wrapper>
  );
}
