// What the base says about the client, on its card; nothing where there is nothing to say.
import { t } from "@/core/words";
import { useFindings } from "@/features/clients/useFindings";
import { Finding } from "@/record/Finding";
import { Section } from "@/record/Section";
import css from "@/features/clients/ClientFindings.module.css";

export function ClientFindings({ id }: { id: number }) {
  const { data } = useFindings(id);
  const rows = data?.tables.items.rows ?? [];
  if (!data || !rows.length) return null;
  return (
    <Section title={t("web.findings.on_card")}>
      <ul className={css.list}>
        {rows.map((row) => (
          <Finding
            key={row.item}
            row={row}
            prices={data.tables.prices.rows.filter(({ item }) => item === row.item)}
            path={(to) => to}
            onCard
          />
        ))}
      </ul>
    </Section>
  );
}
