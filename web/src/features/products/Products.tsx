// The list of products.
import { RecordList } from "@/list/RecordList";
import { t } from "@/core/words";

export default function Products() {
  return <RecordList entity="product" title={t("web.place.products")} counted="web.products.count" columns={["name", "number", "group_id", "unit", "price", "cost"]} sort="name" pathOf={(row) => `/products/${row.id}`} />;
}
