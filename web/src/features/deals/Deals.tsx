// The list of deals, and the form for a new one.
import { useState } from "react";
import { useLocation } from "wouter";
import { may, useSession } from "@/api/useSession";
import { t } from "@/core/words";
import { NewDeal } from "@/features/deals/NewDeal";
import { RecordList } from "@/list/RecordList";

const columns = ["name", "client_id", "stage_id", "amount", "expected_on", "stage_since", "keeper_id"];

export default function Deals() {
  const session = useSession();
  const [, go] = useLocation();
  const [adding, setAdding] = useState(false);
  return (
    <>
      <RecordList
        entity="deal"
        title={t("web.place.deals")}
        counted="web.deals.count"
        columns={columns}
        sort="-opened_on"
        pathOf={(row) => `/deals/${row.id}`}
        add={may(session, "deal", "add") ? { label: t("web.deal.new"), run: () => setAdding(true) } : undefined}
        empty={t("web.deals.empty")}
        imported
      />
      {adding && <NewDeal close={() => setAdding(false)} onDone={(saved) => go(`/deals/${saved.id}`)} />}
    </>
  );
}
