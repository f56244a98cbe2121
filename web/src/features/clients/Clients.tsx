// The list of clients.
import { RecordList } from "@/list/RecordList";
import { t } from "@/core/words";

export default function Clients() {
  return <RecordList entity="client" title={t("web.place.clients")} counted="web.clients.count" columns={["name", "state", "city", "inn", "keeper_id", "abc", "status", "revenue"]} sort="name" pathOf={(row) => `/clients/${row.id}`} />;
}
