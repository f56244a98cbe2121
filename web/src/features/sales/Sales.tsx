// The list of sales and returns, and the form for a new one with its lines.
import { useState } from "react";
import { useLocation } from "wouter";
import { may, useSession } from "@/api/useSession";
import type { Row } from "@/api/shapes";
import { today } from "@/core/day";
import { times } from "@/core/number";
import { t } from "@/core/words";
import { RecordList } from "@/list/RecordList";
import { RecordForm } from "@/record/RecordForm";

/* An amount that was not agreed otherwise is quantity times price. */
const amount = (row: Row, field: string): Row =>
  (field === "qty" || field === "price") && row.qty && row.price
    ? { ...row, amount: times(String(row.qty), String(row.price)) }
    : row;

export default function Sales() {
  const session = useSession();
  const [, go] = useLocation();
  const [adding, setAdding] = useState(false);
  const me = { id: session.user.id, title: session.user.name };
  return (
    <>
      <RecordList
        entity="sale"
        title={t("web.place.sales")}
        counted="web.sales.count"
        columns={["number", "day", "client_id", "seller_id", "channel_id", "kind", "total"]}
        sort="-day"
        pathOf={(row) => `/sales/${row.id}`}
        add={may(session, "sale", "add") ? { label: t("web.sale.new"), run: () => setAdding(true) } : undefined}
        empty={t("web.sales.empty")}
        imported
      />
      {adding && (
        <RecordForm
          entity="sale"
          title={t("web.sale.new")}
          first={["client_id", "day", "number", "kind", "seller_id", "channel_id"]}
          initial={{ day: today(), kind: "sale", seller_id: me.id, lines: [{}] }}
          titles={{ seller_id: me }}
          children={["lines"]}
          derive={amount}
          close={() => setAdding(false)}
          onDone={(saved) => go(`/sales/${saved.id}`)}
        />
      )}
    </>
  );
}
