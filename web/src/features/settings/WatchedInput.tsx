// What a watch looks at: one of the kinds of records that its findings may be about.
import { Select } from "@mantine/core";
import { useEntity } from "@/api/useMeta";
import { known, t } from "@/core/words";
import type { OwnInput } from "@/record/RecordForm";

export function WatchedInput({ values, error, onChange }: OwnInput) {
  const kinds = useEntity("finding")?.fields.find((field) => field.name === "about")?.of ?? [];
  return (
    <Select
      label={useEntity("watch")?.fields.find((field) => field.name === "entity")?.label}
      data={kinds.map((kind) => ({ value: kind, label: known(`entity.${kind}`) ? t(`entity.${kind}`) : kind }))}
      value={(values.entity as string) || null}
      onChange={(next) => onChange(next)}
      error={error}
      withAsterisk
    />
  );
}
