// On a person's card: the chain of contacts with him, each with its number, the latest first.
import { Button } from "@mantine/core";
import { t } from "@/core/words";
import { Line } from "@/features/activities/Line";
import { useContacts } from "@/features/activities/useTimeline";
import { Section } from "@/record/Section";
import type { SectionProps } from "@/record/sections";
import css from "@/features/activities/Line.module.css";

export default function PersonContacts({ record }: SectionProps) {
  const { data, hasNextPage, fetchNextPage, isFetchingNextPage } = useContacts(record.id);
  const rows = data?.pages.flatMap(({ items }) => items) ?? [];
  return (
    <Section title={t("web.activity.of_person")}>
      <ol className={css.list}>
        {rows.map((row) => (
          <Line key={row.id} row={row} number={row.number} />
        ))}
      </ol>
      {data && !rows.length && <p className={css.none}>{t("web.activity.none")}</p>}
      {hasNextPage && (
        <Button variant="subtle" size="compact-sm" loading={isFetchingNextPage} onClick={() => void fetchNextPage()}>
          {t("web.activity.earlier")}
        </Button>
      )}
    </Section>
  );
}
