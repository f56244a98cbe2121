// The list of clients, and the form for a new one.
import { useState } from "react";
import { useLocation } from "wouter";
import type { Field, Value } from "@/api/shapes";
import { may, useSession } from "@/api/useSession";
import { t } from "@/core/words";
import { ClassCell, type Column } from "@/features/clients/ClassCell";
import { InnNote } from "@/features/clients/InnNote";
import { RecordList } from "@/list/RecordList";
import { RecordForm } from "@/record/RecordForm";

const columns = ["name", "status", "abc", "last", "city", "keeper_id"];

/* Columns beside the record's own fields: what the nightly count wrote. */
const beside: Record<Column, Pick<Field, "type" | "room">> = {
  status: { type: "choice", room: 10 },
  abc: { type: "choice", room: 4 },
  xyz: { type: "choice", room: 4 },
  last: { type: "day", room: 10.5 },
  next: { type: "day", room: 7 },
};
const isBeside = (name: string): name is Column => name in beside;
const extra = (): Field[] =>
  (Object.keys(beside) as Column[]).map((name) => ({ name, ...beside[name], label: t(`web.client.column_${name}`) }));
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
        extra={extra()}
        cell={(row, field) => (isBeside(field.name) ? <ClassCell id={row.id} column={field.name} /> : undefined)}
        pathOf={(row) => `/clients/${row.id}`}
        add={may(session, "client", "add") ? { label: t("web.client.new"), run: () => setAdding(true) } : undefined}
        empty={t("web.clients.empty")}
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
