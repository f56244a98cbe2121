// On a person's card: the chain of contacts with him, each with its number, the latest first.
import { Button } from "@mantine/core";
import { t } from "@/core/words";
import { ActivityList } from "@/features/activities/ActivityList";
import { useActivities } from "@/features/activities/useActivities";
import { usePersonCount } from "@/features/activities/usePersonCount";
import { Section } from "@/record/Section";
import type { SectionProps } from "@/record/sections";

export default function PersonContacts({ record }: SectionProps) {
  const { rows, hasNextPage, fetchNextPage, isFetchingNextPage } = useActivities("person_id", record.id, null);
  const { data } = usePersonCount(record.id);
  return (
    <Section title={t("web.activity.of_person")}>
      <ActivityList rows={rows} from={data?.count} client />
      {hasNextPage && (
        <Button variant="subtle" size="compact-sm" loading={isFetchingNextPage} onClick={() => void fetchNextPage()}>
          {t("web.activity.earlier")}
        </Button>
      )}
    </Section>
  );
}
