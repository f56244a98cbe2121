// On a client's card: what comes next, and all that was below it, by kind if one likes; and the ways to plan more.
import { Button, Chip, Group } from "@mantine/core";
import { useState } from "react";
import { may, useSession } from "@/api/useSession";
import { t } from "@/core/words";
import { Line } from "@/features/activities/Line";
import { PlanButtons } from "@/features/activities/PlanButtons";
import { PlanForm } from "@/features/activities/PlanForm";
import { useTimeline } from "@/features/activities/useTimeline";
import { titleOf } from "@/fields/titleOf";
import { Section } from "@/record/Section";
import type { SectionProps } from "@/record/sections";
import css from "@/features/activities/Line.module.css";

const planned = ["call", "meeting", "visit", "work"] as const;
const kinds = ["activity", "request", "sale", "attachment", "change"] as const;
const rightOf = { activity: "activity", request: "request", sale: "sale", attachment: "attachment", change: "client" };

export default function ClientActivities({ record }: SectionProps) {
  const session = useSession();
  const [kind, setKind] = useState<string | null>("activity");
  const [planning, setPlanning] = useState<string | null>(null);
  const { data, hasNextPage, fetchNextPage, isFetchingNextPage } = useTimeline(record.id, kind);
  const next = data?.pages[0]?.next ?? [];
  const rows = data?.pages.flatMap(({ items }) => items) ?? [];
  const mayPlan = may(session, "activity", "add") && !record.archived_at;
  const plan = <PlanButtons ways={planned} label={(way) => t(`web.activity.add_${way}`)} plan={setPlanning} />;
  return (
    <Section title={t("web.activity.of_client")} aside={mayPlan && plan}>
      {next.length > 0 && (
        <ol className={css.list} aria-label={t("web.activity.comes")}>
          {next.map((row) => (
            <Line key={row.id} row={row} />
          ))}
        </ol>
      )}
      <Group gap="xs" my="xs">
        <Chip variant="outline" size="xs" checked={kind === null} onChange={() => setKind(null)}>
          {t("web.activity.only_all")}
        </Chip>
        {kinds
          .filter((each) => may(session, rightOf[each], "view"))
          .map((each) => (
            <Chip key={each} variant="outline" size="xs" checked={kind === each} onChange={() => setKind(each)}>
              {t(`web.activity.only_${each}`)}
            </Chip>
          ))}
      </Group>
      <ol className={css.list} aria-label={t("web.activity.was")}>
        {rows.map((row) => (
          <Line key={`${row.what} ${row.id}`} row={row} />
        ))}
      </ol>
      {data && !rows.length && <p className={css.none}>{t("web.activity.none")}</p>}
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
