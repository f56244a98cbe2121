// A deal's card: where it stands, what is left of it, who takes part, and what happened to it.
import { Link, useParams } from "wouter";
import { t } from "@/core/words";
import { Balance } from "@/features/deals/Balance";
import { StageBar } from "@/features/deals/StageBar";
import { RecordCard } from "@/record/RecordCard";
import { CardSections } from "@/record/sections";

const fields = [
  "name",
  "number",
  "client_id",
  "person_id",
  "keeper_id",
  "amount",
  "probability",
  "margin",
  "expected_on",
  "direction",
  "inbound",
  "source_id",
  "channel_id",
  "opened_on",
  "qualified_on",
  "closed_on",
  "reason_id",
  "rival",
  "note",
];
const above = ["stage_id", "state", "stage_since", "contracted", "paid", "shipped", "to_pay", "to_ship"];

export default function DealCard() {
  const id = Number(useParams<{ id: string }>().id);
  return (
    <RecordCard
      entity="deal"
      id={id}
      back={{ to: "/deals", label: t("web.place.deals") }}
      aside={(deal) =>
        deal.client_id ? (
          <Link href={`/clients/${String(deal.client_id)}`}>{deal._titles?.client_id?.title}</Link>
        ) : undefined
      }
      fields={fields}
      skip={above}
      lists={["settlements", "lines", "participants", "rivals"]}
    >
      {(deal) => (
        <>
          <StageBar deal={deal} />
          <Balance deal={deal} />
          <CardSections place="top" entity="deal" record={deal} />
        </>
      )}
    </RecordCard>
  );
}
