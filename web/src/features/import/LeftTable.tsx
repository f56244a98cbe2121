// What taking an import back left as it is: both values of a field somebody changed since, and records that others
// point at.
import type { Entity } from "@/api/shapes";
import { useMeta } from "@/api/useMeta";
import { FigureTable } from "@/chart/FigureTable";
import { day } from "@/core/day";
import { sentence, t } from "@/core/words";
import { labelOf } from "@/features/import/ImportProblems";
import type { Left } from "@/features/import/types";

const places: Record<string, string> = { client: "/clients", sale: "/sales", product: "/products", person: "/persons" };

/* The server tells values as it stores them: a choice by its name, a day as yyyy-mm-dd. */
function shown(entity: Entity | null, name: string, value: string) {
  const field = entity?.fields.find((each) => each.name === name);
  if (field?.type === "day" && value) return day(value);
  return field?.options?.find((option) => option.key === value)?.label ?? value;
}

export function LeftTable({ left }: { left: Left[] }) {
  const { entities } = useMeta();
  const rows = left.map((each) => {
    const entity = entities.find(({ name }) => name === each.entity) ?? null;
    const to = places[each.entity] && `${places[each.entity]}/${each.record}`;
    return [
      { text: each.title, to },
      labelOf(entity, each.field),
      shown(entity, each.field, each.ours),
      shown(entity, each.field, each.theirs),
      sentence(each.text),
    ];
  });
  return (
    <FigureTable
      label={t("web.import.left")}
      head={[
        { label: t("web.import.record") },
        { label: t("web.clash.field") },
        { label: t("web.import.ours") },
        { label: t("web.clash.theirs") },
        { label: t("web.import.reason") },
      ]}
      rows={rows}
    />
  );
}
