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
import { Nothing } from "@/ui/Nothing";

type Name = "source" | "channel" | "product_group";

const columns: Record<Name, string[]> = { source: ["name"], channel: ["name"], product_group: ["name", "parent_id"] };
const isDictionary = (name: string | undefined): name is Name => name !== undefined && name in columns;
const Nowhere = () => <Nothing title={t("web.nowhere")}>{t("web.nowhere.note")}</Nothing>;

export function DictionaryCard() {
  const { entity, id } = useParams<{ entity: string; id: string }>();
  if (!isDictionary(entity)) return <Nowhere />;
  return (
    <RecordCard
      entity={entity}
      id={Number(id)}
      back={{ to: `/settings/${entity}`, label: t(`web.settings.${entity}`) }}
      fields={columns[entity]}
    />
  );
}

export default function Dictionary() {
  const { entity } = useParams<{ entity: string }>();
  const session = useSession();
  const [adding, setAdding] = useState(false);
  if (!isDictionary(entity)) return <Nowhere />;
  const pathOf = (row: Saved) => `/settings/${entity}/${row.id}`;
  return (
    <>
      <RecordList
        key={entity}
        entity={entity}
        title={t("web.place.settings")}
        counted="web.settings.count"
        columns={columns[entity]}
        sort="name"
        tabs={<SettingsTabs />}
        pathOf={pathOf}
        add={may(session, entity, "add") ? { label: t("web.settings.add"), run: () => setAdding(true) } : undefined}
      />
      {adding && (
        <RecordForm
          entity={entity}
          title={t(`web.settings.${entity}`)}
          first={columns[entity]}
          close={() => setAdding(false)}
          onDone={() => setAdding(false)}
        />
      )}
    </>
  );
}
