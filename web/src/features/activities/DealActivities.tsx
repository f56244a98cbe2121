// On a deal's card: what was done and is to be done about it, and the ways to set more to whoever keeps it.
import { Button } from "@mantine/core";
import { useState } from "react";
import type { Saved, Title } from "@/api/shapes";
import { useList } from "@/api/useList";
import { may, useSession } from "@/api/useSession";
import { t } from "@/core/words";
import { Line } from "@/features/activities/Line";
import { PlanButtons } from "@/features/activities/PlanButtons";
import { PlanForm } from "@/features/activities/PlanForm";
import { useKinds } from "@/features/activities/useKinds";
import type { TimelineRow } from "@/features/activities/useTimeline";
import { Section } from "@/record/Section";
import type { SectionProps } from "@/record/sections";
import css from "@/features/activities/Line.module.css";

const planned = ["task", "call", "meeting"] as const;
const channelOf = { task: "work", call: "call", meeting: "meeting" };
const text = (value: unknown) => (value ? String(value) : null);

/* As a line of a timeline says it; the client is the deal's. */
const lineOf = (row: Saved, kinds: Saved[]): TimelineRow => ({
  what: "activity",
  id: row.id,
  at: String(row.at),
  by: row._titles?.performer_id?.title ?? null,
  kind: row._titles?.kind_id?.title,
  channel: text(kinds.find(({ id }) => id === row.kind_id)?.channel),
  subject: text(row.subject),
  state: text(row.state),
  aim: row._titles?.aim_id?.title,
  outcome: text(row.outcome),
  result: text(row.result),
  place: text(row.place),
  timed: Boolean(row.timed),
});

const titled = (deal: Saved, field: string): Title | undefined =>
  deal[field] ? { id: Number(deal[field]), title: deal._titles?.[field]?.title ?? "" } : undefined;

export default function DealActivities({ record: deal }: SectionProps) {
  const session = useSession();
  const kinds = useKinds();
  const [planning, setPlanning] = useState<(typeof planned)[number] | null>(null);
  const about = `deal:${deal.id}`;
  const found = useList("activity", { filter: { field: "about", op: "is", value: about }, sort: "-at" }, { limit: 30 });
  const rows = found.data?.pages.flatMap((page) => page.items) ?? [];
  const mayPlan = may(session, "activity", "add") && !deal.archived_at;
  if (!rows.length && !mayPlan) return null;
  const plan = <PlanButtons ways={planned} label={(way) => t(`web.deal.set_${way}`)} plan={setPlanning} />;
  return (
    <Section title={t("web.activity.of_deal")} aside={mayPlan && plan}>
      <ol className={css.list}>
        {rows.map((row) => (
          <Line key={row.id} row={lineOf(row, kinds ?? [])} />
        ))}
      </ol>
      {found.data && !rows.length && <p className={css.none}>{t("web.activity.none")}</p>}
      {found.hasNextPage && (
        <Button
          variant="subtle"
          size="compact-sm"
          loading={found.isFetchingNextPage}
          onClick={() => void found.fetchNextPage()}
        >
          {t("web.activity.earlier")}
        </Button>
      )}
      {planning && (
        <PlanForm
          client={titled(deal, "client_id")}
          person={titled(deal, "person_id")}
          performer={titled(deal, "keeper_id")}
          about={about}
          channel={channelOf[planning]}
          close={() => setPlanning(null)}
        />
      )}
    </Section>
  );
}
