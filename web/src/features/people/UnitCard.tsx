// A unit: who heads it, what it belongs to.
import { useParams } from "wouter";
import { t } from "@/core/words";
import { RecordCard } from "@/record/RecordCard";

export default function UnitCard() {
  const id = Number(useParams<{ id: string }>().id);
  return (
    <RecordCard
      entity="unit"
      id={id}
      back={{ to: "/people/units", label: t("web.people.units") }}
      fields={["name", "parent_id", "head_id"]}
    />
  );
}
