// A short list the firm keeps for itself: sources of clients, channels of sales, groups of products, and by which rules
// it works: rhythms of contacts, kinds of activities and requests, stages and reasons.
import { useState } from "react";
import { useParams } from "wouter";
import type { Saved } from "@/api/shapes";
import { may, useSession } from "@/api/useSession";
import { t } from "@/core/words";
import { SettingsTabs } from "@/features/settings/SettingsTabs";
import { WatchedInput } from "@/features/settings/WatchedInput";
import { cardPath } from "@/list/door";
import { RecordList } from "@/list/RecordList";
import { RecordForm } from "@/record/RecordForm";
import { RecordCard } from "@/record/RecordCard";
import { Nothing } from "@/ui/Nothing";

interface Kept {
  columns: string[];
  sort: string;
}

const kept = {
  source: { columns: ["name"], sort: "name" },
  channel: { columns: ["name"], sort: "name" },
  product_group: { columns: ["name", "parent_id"], sort: "name" },
  contact_rhythm: { columns: ["name", "days", "kind_id", "aim_id", "off", "clients"], sort: "days" },
  activity_kind: { columns: ["name", "channel", "asks", "next_needed", "minutes"], sort: "name" },
  aim: { columns: ["name"], sort: "name" },
  process_version: { columns: ["name", "process_id", "number", "state", "since"], sort: "-number" },
  stage: { columns: ["name", "process_id", "place", "kind", "lead", "weight", "term"], sort: "place" },
  reason: { columns: ["name", "to_rival"], sort: "name" },
  request_kind: { columns: ["name", "side", "queue_id", "term", "asks"], sort: "name" },
  watch: {
    columns: [
      "name",
      "active",
      "entity",
      "filter",
      "rhythm",
      "performer",
      "person_id",
      "role_id",
      "task",
      "due",
      "cap",
    ],
    sort: "name",
  },
} satisfies Record<string, Kept>;

type Name = keyof typeof kept;

const isDictionary = (name: string | undefined): name is Name => name !== undefined && name in kept;
const Nowhere = () => <Nothing title={t("web.nowhere")}>{t("web.nowhere.note")}</Nothing>;

export function DictionaryCard() {
  const { entity, id } = useParams<{ entity: string; id: string }>();
  if (!isDictionary(entity)) return <Nowhere />;
  return (
    <RecordCard
      entity={entity}
      id={Number(id)}
      back={{ to: `/settings/${entity}`, label: t(`web.settings.${entity}`) }}
      fields={kept[entity].columns}
    />
  );
}

export default function Dictionary() {
  const { entity } = useParams<{ entity: string }>();
  const session = useSession();
  const [adding, setAdding] = useState(false);
  if (!isDictionary(entity)) return <Nowhere />;
  const pathOf = (row: Saved) => cardPath(entity, row.id);
  return (
    <>
      <RecordList
        key={entity}
        entity={entity}
        title={t(`web.settings.${entity}`)}
        counted="web.settings.count"
        columns={kept[entity].columns.filter((name) => name !== "clients" && name !== "asks")}
        sort={kept[entity].sort}
        tabs={<SettingsTabs />}
        pathOf={pathOf}
        add={may(session, entity, "add") ? { label: t("web.settings.add"), run: () => setAdding(true) } : undefined}
      />
      {adding && (
        <RecordForm
          entity={entity}
          title={t(`web.settings.${entity}`)}
          first={kept[entity].columns}
          inputs={entity === "watch" ? { entity: WatchedInput } : undefined}
          close={() => setAdding(false)}
          onDone={() => setAdding(false)}
        />
      )}
    </>
  );
}
