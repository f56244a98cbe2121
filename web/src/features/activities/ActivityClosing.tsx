// On the card of an open activity: the form that ends it, and what was said to the client before.
import { mayHere, useSession } from "@/api/useSession";
import { t } from "@/core/words";
import { CloseForm } from "@/features/activities/CloseForm";
import { LastResults } from "@/features/activities/LastResults";
import { useKinds } from "@/features/activities/useKinds";
import { Section } from "@/record/Section";
import type { SectionProps } from "@/record/sections";

export default function ActivityClosing({ record }: SectionProps) {
  const session = useSession();
  const kind = useKinds()?.find(({ id }) => id === record.kind_id);
  const client = record._titles?.client_id;
  return (
    <>
      {kind && record.state === "open" && !record.archived_at && mayHere(session, "activity", record, "change") && (
        <Section title={t("web.today.close")}>
          <CloseForm
            line={{
              id: record.id,
              version: record.version,
              kind: { id: kind.id, title: String(kind.name) },
              asks: String(kind.asks),
              next_needed: Boolean(kind.next_needed),
              client: client ?? null,
              due_at: (record.due_at as string | null) ?? null,
              timed: Boolean(record.timed),
            }}
            onDone={() => {}}
          />
        </Section>
      )}
      {client && (
        <Section title={t("web.activity.before")}>
          <LastResults client={client.id} here={record.id} />
        </Section>
      )}
    </>
  );
}
