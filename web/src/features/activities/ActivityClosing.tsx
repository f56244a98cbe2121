// On the card of an open activity: the form that ends it, and what was said to the client before.
import { mayHere, useSession } from "@/api/useSession";
import { t } from "@/core/words";
import { CloseForm, closableOf } from "@/features/activities/CloseForm";
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
          <CloseForm line={closableOf(record, kind)} onDone={() => {}} />
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
