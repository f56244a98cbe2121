// A new deal: whose, for how much, how they came; it begins at the first stage.
import type { Saved, Title } from "@/api/shapes";
import { useSession } from "@/api/useSession";
import { t } from "@/core/words";
import { RecordForm } from "@/record/RecordForm";

interface Props {
  client?: Title;
  onDone: (saved: Saved) => void;
  close: () => void;
}

export function NewDeal({ client, onDone, close }: Props) {
  const session = useSession();
  const me = { id: session.user.id, title: session.user.name };
  return (
    <RecordForm
      entity="deal"
      title={t("web.deal.new")}
      first={["client_id", "name", "amount", "expected_on", "inbound", "source_id", "keeper_id"]}
      initial={{ keeper_id: me.id, ...(client && { client_id: client.id }) }}
      titles={{ keeper_id: me, ...(client && { client_id: client }) }}
      close={close}
      onDone={onDone}
    />
  );
}
