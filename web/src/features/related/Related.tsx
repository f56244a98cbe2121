// What points at a record, by entity and field: how many, each number a door to their list.
import { useQueries } from "@tanstack/react-query";
import { Link } from "wouter";
import { ask, call } from "@/api/http";
import type { Count, Filter } from "@/api/shapes";
import { useMeta } from "@/api/useMeta";
import { whole } from "@/core/number";
import { t } from "@/core/words";
import { doorPath } from "@/list/door";
import { Section } from "@/record/Section";
import type { SectionProps } from "@/record/sections";
import css from "@/features/related/Related.module.css";

export default function Related({ entity, record }: SectionProps) {
  const { entities } = useMeta();
  const pointers = entities.flatMap((of) =>
    of.fields
      .filter((field) => field.type === "ref" && field.to === entity && field.filter?.includes("is"))
      .map((field) => ({ of, field, filter: { field: field.name, op: "is", value: record.id } satisfies Filter })),
  );
  const counts = useQueries({
    queries: pointers.map(({ of, filter }) => ({
      queryKey: ["count", of.name, filter],
      queryFn: () => call<Count>("GET", ask(`/api/${of.name}/count`, { filter: JSON.stringify(filter) })),
      retry: false,
    })),
  });
  const found = pointers.flatMap((pointer, at) => {
    const count = counts[at]?.data?.count ?? 0;
    return count > 0 ? [{ ...pointer, count }] : [];
  });
  if (!found.length) return null;
  return (
    <Section title={t("web.related")}>
      <ul className={css.list}>
        {found.map(({ of, field, filter, count }) => (
          <li key={`${of.name}.${field.name}`}>
            <Link href={doorPath({ entity: of.name, filter }) ?? "/"}>{of.label}</Link>
            <span className={css.field}>{field.label}</span>
            <b>{whole(count)}</b>
          </li>
        ))}
      </ul>
    </Section>
  );
}
