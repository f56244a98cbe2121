// A short list the firm keeps for itself: sources of clients, channels of sales, groups of products.
import { useState } from "react";
import { useParams } from "wouter";
import type { Saved } from "@/api/shapes";
import { may, useSession } from "@/api/useSession";
import { t } from "@/core/words";
import { SettingsTabs } from "@/features/settings/SettingsTabs";
import { RecordList } from "@/list/RecordList";
import { RecordForm } from "@/record/RecordForm";
import { RecordCard } from "@/record/RecordCard";

const columns: Record<string, string[]> = { source: ["name"], channel: ["name"], product_group: ["name", "parent_id"] };

export function DictionaryCard() {
  const { entity, id } = useParams<{ entity: string; id: string }>();
  return <RecordCard entity={entity} id={Number(id)} back={{ to: `/settings/${entity}`, label: t(`web.settings.${entity}`) }} fields={columns[entity] ?? ["name"]} />;
}

export default function Dictionary() {
  const { entity } = useParams<{ entity: string }>();
  const session = useSession();
  const [adding, setAdding] = useState(false);
  const pathOf = (row: Saved) => `/settings/${entity}/${row.id}`;
  return (
    <>
      <RecordList key={entity} entity={entity} title={t("web.place.settings")} counted="web.settings.count" columns={columns[entity] ?? ["name"]} sort="name" tabs={<SettingsTabs />} pathOf={pathOf} add={may(session, entity, "add") ? { label: t("web.settings.add"), run: () => setAdding(true) } : undefined} />
      {adding && <RecordForm entity={entity} title={t(`web.settings.${entity}`)} first={columns[entity] ?? ["name"]} close={() => setAdding(false)} onDone={() => setAdding(false)} />}
    </>
  );
}
