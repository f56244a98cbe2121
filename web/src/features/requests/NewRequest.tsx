// A new request: of what kind, what is needed, about whom; what its kind wants to know is said beside it.
import type { Row, Saved, Title } from "@/api/shapes";
import { useRecord } from "@/api/useRecord";
import { useSession } from "@/api/useSession";
import { t } from "@/core/words";
import { Checklist } from "@/features/requests/Checklist";
import { RecordForm } from "@/record/RecordForm";

interface Props {
  client?: Title;
  deal?: Title;
  onDone: (saved: Saved) => void;
  close: () => void;
}

export function NewRequest({ client, deal, onDone, close }: Props) {
  const session = useSession();
  const me = { id: session.user.id, title: session.user.name };
  const initial: Row = { author_id: me.id, ...(client && { client_id: client.id }), ...(deal && { deal_id: deal.id }) };
  return (
    <RecordForm
      entity="request"
      title={t("web.request.new")}
      first={["kind_id", "what", "checked", "client_id", "deal_id"]}
      inputs={{ checked: Checklist }}
      initial={initial}
      titles={{ author_id: me, ...(client && { client_id: client }), ...(deal && { deal_id: deal }) }}
      warn={(field, value) => (field === "kind_id" && value ? <Asks kind={Number(value)} /> : undefined)}
      close={close}
      onDone={onDone}
    />
  );
}

function Asks({ kind }: { kind: number }) {
  const { data } = useRecord("request_kind", kind);
  const role = data?._titles?.queue_id?.title;
  return (
    <>
      {role && t("web.request.goes_to", { role })} {data?.asks ? String(data.asks) : ""}
    </>
  );
}
