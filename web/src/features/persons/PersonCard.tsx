// A contact person's card: phones, mail, birthday, and where they work.
import { Link, useParams } from "wouter";
import { t } from "@/core/words";
import { RecordCard } from "@/record/RecordCard";
import { Section } from "@/record/Section";
import { usePersonClients } from "@/features/persons/usePersonClients";

export default function PersonCard() {
  const id = Number(useParams<{ id: string }>().id);
  return (
    <RecordCard
      entity="person"
      id={id}
      back={{ to: "/clients", label: t("web.place.clients") }}
      fields={["name", "post", "email", "birthday", "note"]}
    >
      {() => <WorksAt id={id} />}
    </RecordCard>
  );
}

function WorksAt({ id }: { id: number }) {
  const clients = usePersonClients(id);
  if (!clients.data?.items.length) return null;
  return (
    <Section title={t("web.person.clients")}>
      {clients.data.items.map((client) => (
        <p key={client.id}>
          <Link href={`/clients/${client.id}`}>{String(client.name)}</Link>
        </p>
      ))}
    </Section>
  );
}
