// The list of products, and the form for a new one.
import { useState } from "react";
import { useLocation } from "wouter";
import { may, useSession } from "@/api/useSession";
import { t } from "@/core/words";
import { RecordList } from "@/list/RecordList";
import { RecordForm } from "@/record/RecordForm";

export default function Products() {
  const session = useSession();
  const [, go] = useLocation();
  const [adding, setAdding] = useState(false);
  return (
    <>
      <RecordList
        entity="product"
        title={t("web.place.products")}
        counted="web.products.count"
        columns={["name", "number", "group_id", "unit", "price", "cost"]}
        sort="name"
        pathOf={(row) => `/products/${row.id}`}
        add={may(session, "product", "add") ? { label: t("web.product.new"), run: () => setAdding(true) } : undefined}
        empty={t("web.products.empty")}
        imported
      />
      {adding && (
        <RecordForm
          entity="product"
          title={t("web.product.new")}
          first={["name", "number", "group_id", "unit", "price", "cost"]}
          close={() => setAdding(false)}
          onDone={(saved) => go(`/products/${saved.id}`)}
        />
      )}
    </>
  );
}
