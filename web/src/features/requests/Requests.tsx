// The list of requests, and the form for a new one.
import { useState } from "react";
import { useLocation } from "wouter";
import { may, useSession } from "@/api/useSession";
import { t } from "@/core/words";
import { NewRequest } from "@/features/requests/NewRequest";
import { RecordList } from "@/list/RecordList";

const columns = ["subject", "what", "client_id", "state", "due_at", "performer_id", "author_id"];

export default function Requests() {
  const session = useSession();
  const [, go] = useLocation();
  const [adding, setAdding] = useState(false);
  return (
    <>
      <RecordList
        entity="request"
        title={t("web.place.requests")}
        counted="web.requests.count"
        columns={columns}
        sort="-asked_at"
        pathOf={(row) => `/requests/${row.id}`}
        add={may(session, "request", "add") ? { label: t("web.request.new"), run: () => setAdding(true) } : undefined}
        empty={t("web.requests.empty")}
        imported
      />
      {adding && <NewRequest close={() => setAdding(false)} onDone={(saved) => go(`/requests/${saved.id}`)} />}
    </>
  );
}
