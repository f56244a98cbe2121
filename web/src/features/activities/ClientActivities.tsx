// On a client's card: what comes next and all that was, by kind if one likes, and the ways to plan more.
import { Button, Chip, Group } from "@mantine/core";
import { useState } from "react";
import Plus from "icons/IconPlus.mjs";
import { may, useSession } from "@/api/useSession";
import { t } from "@/core/words";
import { titleOf } from "@/fields/titleOf";
import { ActivityList } from "@/features/activities/ActivityList";
import { PlanForm } from "@/features/activities/PlanForm";
import { nextFirst, useActivities } from "@/features/activities/useActivities";
import { Section } from "@/record/Section";
import type { SectionProps } from "@/record/sections";

const planned = ["call", "meeting", "visit", "work"] as const;
const channels = ["call", "meeting", "visit", "letter", "message", "work"] as const;

export default function ClientActivities({ record }: SectionProps) {
  const session = useSession();
  const [channel, setChannel] = useState<string | null>(null);
  const [planning, setPlanning] = useState<string | null>(null);
  const { rows, hasNextPage, fetchNextPage, isFetchingNextPage } = useActivities("client_id", record.id, channel);
  const mayPlan = may(session, "activity", "add") && !record.archived_at;
  return (
    <Section
      title={t("web.activity.of_client")}
      aside={
        mayPlan &&
        planned.map((each) => (
          <Button
            key={each}
            variant="subtle"
            size="compact-sm"
            leftSection={<Plus size={14} />}
            onClick={() => setPlanning(each)}
          >
            {t(`web.activity.add_${each}`)}
          </Button>
        ))
      }
    >
      {(rows.length > 3 || channel) && (
        <Group gap="xs" mb="xs">
          {channels.map((each) => (
            <Chip
              variant="outline"
              key={each}
              size="xs"
              checked={channel === each}
              onChange={(on) => setChannel(on ? each : null)}
            >
              {t(`web.activity.only_${each}`)}
            </Chip>
          ))}
        </Group>
      )}
      <ActivityList rows={nextFirst(rows)} />
      {hasNextPage && (
        <Button variant="subtle" size="compact-sm" loading={isFetchingNextPage} onClick={() => void fetchNextPage()}>
          {t("web.activity.earlier")}
        </Button>
      )}
      {planning && (
        <PlanForm
          client={{ id: record.id, title: titleOf(record) }}
          channel={planning}
          close={() => setPlanning(null)}
        />
      )}
    </Section>
  );
}
