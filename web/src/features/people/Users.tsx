// Those who work here: the list, and the form for a new one that ends with a password to hand over.
import { useState } from "react";
import { useLocation } from "wouter";
import type { Saved } from "@/api/shapes";
import { may, useSession } from "@/api/useSession";
import { t } from "@/core/words";
import { PasswordDialog } from "@/features/people/PasswordDialog";
import { PeopleTabs } from "@/features/people/PeopleTabs";
import { RecordList } from "@/list/RecordList";
import { RecordForm } from "@/record/RecordForm";

export default function Users() {
  const session = useSession();
  const [, go] = useLocation();
  const [adding, setAdding] = useState(false);
  const [made, setMade] = useState<Saved | null>(null);
  return (
    <>
      <RecordList
        entity="user"
        title={t("web.place.people")}
        counted="web.people.count"
        columns={["name", "role_id", "unit_id", "login", "phone", "email", "blocked"]}
        sort="name"
        tabs={<PeopleTabs />}
        pathOf={(row) => `/people/users/${row.id}`}
        add={may(session, "user", "add") ? { label: t("web.people.new_user"), run: () => setAdding(true) } : undefined}
      />
      {adding && (
        <RecordForm
          entity="user"
          title={t("web.people.new_user")}
          first={["name", "login", "role_id", "unit_id", "phone", "email"]}
          initial={{ language: session.firm.language }}
          close={() => setAdding(false)}
          onDone={(saved) => (setAdding(false), setMade(saved))}
        />
      )}
      {made && <PasswordDialog user={made} close={() => go(`/people/users/${made.id}`)} />}
    </>
  );
}
