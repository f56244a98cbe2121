// The deals of a client, the open ones first, and a new one.
import { Button } from "@mantine/core";
import { useState } from "react";
import { Link, useLocation } from "wouter";
import Plus from "icons/IconPlus.mjs";
import type { Saved } from "@/api/shapes";
import { useList } from "@/api/useList";
import { may, useSession } from "@/api/useSession";
import { FigureTable } from "@/chart/FigureTable";
import { day } from "@/core/day";
import { money } from "@/core/number";
import { t } from "@/core/words";
import { titleOf } from "@/fields/titleOf";
import { NewDeal } from "@/features/deals/NewDeal";
import { listPath } from "@/list/useListUrl";
import { Section } from "@/record/Section";
import type { SectionProps } from "@/record/sections";

const line = (deal: Saved) => [
  { text: titleOf(deal), to: `/deals/${deal.id}` },
  {
    text: deal._titles?.stage_id?.title ?? "",
    tone: deal.state === "won" ? ("good" as const) : deal.state === "lost" ? ("dim" as const) : undefined,
  },
  { text: day(String(deal.opened_on)), order: String(deal.opened_on) },
  { text: deal.amount === null ? "" : money(String(deal.amount)), order: Number(deal.amount ?? 0) },
];

export default function ClientDeals({ record }: SectionProps) {
  const session = useSession();
  const [, go] = useLocation();
  const [adding, setAdding] = useState(false);
  const filter = { field: "client_id", op: "is" as const, value: record.id };
  const deals = useList("deal", { filter, sort: "-opened_on" });
  const rows = deals.data?.pages.flatMap((page) => page.items) ?? [];
  const mayAdd = may(session, "deal", "add") && !record.archived_at;
  if (!rows.length && !mayAdd) return null;
  const open = rows.filter(({ state }) => state === "open");
  return (
    <Section
      title={t("web.place.deals")}
      aside={
        <>
          {rows.length > 0 && <Link href={listPath("/deals", filter, "-opened_on")}>{t("web.deal.all")}</Link>}
          {mayAdd && (
            <Button variant="subtle" size="compact-sm" leftSection={<Plus size={14} />} onClick={() => setAdding(true)}>
              {t("web.deal.new")}
            </Button>
          )}
        </>
      }
    >
      {rows.length > 0 && (
        <FigureTable
          label={t("web.place.deals")}
          brief
          first={8}
          head={[
            { label: t("deal.name") },
            { label: t("deal.stage_id") },
            { label: t("deal.opened_on") },
            { label: t("deal.amount"), right: true },
          ]}
          rows={[...open, ...rows.filter(({ state }) => state !== "open")].map(line)}
        />
      )}
      {adding && (
        <NewDeal
          client={{ id: record.id, title: titleOf(record) }}
          close={() => setAdding(false)}
          onDone={(saved) => go(`/deals/${saved.id}`)}
        />
      )}
    </Section>
  );
}
