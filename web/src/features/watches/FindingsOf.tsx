// On a client's and a deal's card: what watches have found about it and is still open.
import { Link } from "wouter";
import { useList } from "@/api/useList";
import { moment } from "@/core/day";
import { t } from "@/core/words";
import { titleOf } from "@/fields/titleOf";
import { Section } from "@/record/Section";
import type { SectionProps } from "@/record/sections";
import css from "@/features/watches/Findings.module.css";

const FIRST = 5;

export default function FindingsOf({ entity, record }: SectionProps) {
  const filter = {
    all: [
      { field: "about", op: "is" as const, value: `${entity}:${record.id}` },
      { field: "state", op: "is" as const, value: "open" },
    ],
  };
  const rows = (useList("finding", { filter, sort: "-opened_at" }, { limit: FIRST }).data?.pages[0]?.items ?? []).slice(
    0,
    FIRST,
  );
  if (!rows.length) return null;
  return (
    <Section title={t("web.place.findings")}>
      <ul className={css.list}>
        {rows.map((row) => (
          <li key={row.id}>
            <Link href={`/findings/${row.id}`}>{titleOf(row)}</Link>
            <span>{moment(String(row.opened_at))}</span>
            <span>{row._titles?.owner_id?.title ?? row._titles?.queue_id?.title}</span>
          </li>
        ))}
      </ul>
    </Section>
  );
}
