// What a client needs, or the client of a deal, the soonest first, and one more.
import { Button } from "@mantine/core";
import { useState } from "react";
import Plus from "icons/IconPlus.mjs";
import type { Saved } from "@/api/shapes";
import { useList } from "@/api/useList";
import { may, useSession } from "@/api/useSession";
import { FigureTable } from "@/chart/FigureTable";
import { day } from "@/core/day";
import { decimal } from "@/core/number";
import { t } from "@/core/words";
import { titleOf } from "@/fields/titleOf";
import { cardPath } from "@/list/door";
import { RecordForm } from "@/record/RecordForm";
import { Section } from "@/record/Section";
import type { SectionProps } from "@/record/sections";

const line = (need: Saved) => [
  {
    text: [need._titles?.product_id?.title, need.what].filter(Boolean).join(": "),
    to: cardPath("need", need.id),
  },
  { text: need.volume === null ? "" : decimal(String(need.volume)), order: Number(need.volume ?? 0) },
  { text: need.term ? day(String(need.term)) : "", order: String(need.term ?? "9") },
];

export default function ClientNeeds({ entity, record }: SectionProps) {
  const ofDeal = entity === "deal";
  const client = ofDeal ? Number(record.client_id ?? 0) : record.id;
  const title = ofDeal ? (record._titles?.client_id?.title ?? "") : titleOf(record);
  const session = useSession();
  const [adding, setAdding] = useState(false);
  const needs = useList(
    "need",
    { filter: { field: "client_id", op: "is", value: client }, sort: "term" },
    { enabled: client > 0 },
  );
  const rows = needs.data?.pages.flatMap((page) => page.items) ?? [];
  const mayAdd = may(session, "need", "add") && !record.archived_at;
  if (!client || (!rows.length && !mayAdd)) return null;
  return (
    <Section
      title={t("entity.need")}
      aside={
        mayAdd && (
          <Button variant="subtle" size="compact-sm" leftSection={<Plus size={14} />} onClick={() => setAdding(true)}>
            {t("web.need.new")}
          </Button>
        )
      }
    >
      {rows.length > 0 && (
        <FigureTable
          label={t("entity.need")}
          brief
          first={8}
          head={[{ label: t("need.what") }, { label: t("need.volume"), right: true }, { label: t("need.term") }]}
          rows={rows.map(line)}
        />
      )}
      {adding && (
        <RecordForm
          entity="need"
          title={t("web.need.new")}
          first={["product_id", "what", "volume", "term", "note"]}
          initial={{ client_id: client, ...(ofDeal && { source: `deal:${record.id}` }) }}
          titles={{ client_id: { id: client, title } }}
          close={() => setAdding(false)}
          onDone={() => setAdding(false)}
        />
      )}
    </Section>
  );
}
