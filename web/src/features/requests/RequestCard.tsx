// A request's card: what is asked, where it stands, what was answered, and what happened to it.
import { Link, useParams } from "wouter";
import { t } from "@/core/words";
import { StepBar } from "@/features/requests/StepBar";
import { RecordCard } from "@/record/RecordCard";

const fields = [
  "kind_id",
  "subject",
  "client_id",
  "deal_id",
  "author_id",
  "queue_id",
  "performer_id",
  "asked_at",
  "term",
  "term_why",
  "due_at",
  "taken_at",
  "answered_at",
  "closed_at",
  "returned",
  "level",
  "escalated_id",
];
const above = ["state", "answer", "reason", "checked"];

export default function RequestCard() {
  const id = Number(useParams<{ id: string }>().id);
  return (
    <RecordCard
      entity="request"
      id={id}
      back={{ to: "/requests", label: t("web.place.requests") }}
      aside={(request) =>
        request._titles?.client_id ? (
          <Link href={`/clients/${String(request.client_id)}`}>{request._titles?.client_id?.title}</Link>
        ) : undefined
      }
      fields={[...fields, "what"]}
      skip={above}
    >
      {(request) => <StepBar request={request} />}
    </RecordCard>
  );
}
