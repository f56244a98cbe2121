// The list of clients, and the form for a new one.
import { useState } from "react";
import { useLocation } from "wouter";
import type { Value } from "@/api/shapes";
import { may, useSession } from "@/api/useSession";
import { t } from "@/core/words";
import { InnNote } from "@/features/clients/InnNote";
import { StatusMark } from "@/features/clients/StatusMark";
import { RecordList } from "@/list/RecordList";
import { RecordForm } from "@/record/RecordForm";

const columns = ["name", "status", "abc", "revenue", "last_bought", "city", "keeper_id"];
const asked = ["name", "kind", "inn", "city", "keeper_id", "source_id"];
const warn = (field: string, value: Value) => (field === "inn" ? <InnNote inn={String(value ?? "")} /> : undefined);

export default function Clients() {
  const session = useSession();
  const [, go] = useLocation();
  const [adding, setAdding] = useState(false);
  const me = { id: session.user.id, title: session.user.name };
  return (
    <>
      <RecordList
        entity="client"
        title={t("web.place.clients")}
        counted="web.clients.count"
        columns={columns}
        sort="name"
        cell={(row, field) =>
          field.name === "status" && row.status ? <StatusMark row={row} field={field} /> : undefined
        }
        pathOf={(row) => `/clients/${row.id}`}
        add={may(session, "client", "add") ? { label: t("web.client.new"), run: () => setAdding(true) } : undefined}
        empty={t("web.clients.empty")}
        imported
      />
      {adding && (
        <RecordForm
          entity="client"
          title={t("web.client.new")}
          first={asked}
          initial={{ kind: "organisation", state: "potential", keeper_id: me.id }}
          titles={{ keeper_id: me }}
          warn={warn}
          close={() => setAdding(false)}
          onDone={(saved) => go(`/clients/${saved.id}`)}
        />
      )}
    </>
  );
}
