// What a watch has found: about what, whose matter it is, and how it ended.
import { useParams } from "wouter";
import { t } from "@/core/words";
import { RecordCard } from "@/record/RecordCard";

export default function FindingCard() {
  return (
    <RecordCard
      entity="finding"
      id={Number(useParams<{ id: string }>().id)}
      back={{ to: "/findings", label: t("web.place.findings") }}
      fields={["name", "about", "watch_id", "state", "owner_id", "queue_id", "opened_at", "closed_at", "reason"]}
    />
  );
}
