// The list of sales and returns.
import { RecordList } from "@/list/RecordList";
import { t } from "@/core/words";

export default function Sales() {
  return <RecordList entity="sale" title={t("web.place.sales")} counted="web.sales.count" columns={["number", "day", "client_id", "seller_id", "channel_id", "kind", "total"]} sort="-day" pathOf={(row) => `/sales/${row.id}`} />;
}
