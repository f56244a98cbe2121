// The roles of the firm; each opens its matrix of rights.
import { useState } from "react";
import { useLocation } from "wouter";
import { may, useSession } from "@/api/useSession";
import { t } from "@/core/words";
import { Offers } from "@/features/people/Offers";
import { PeopleTabs } from "@/features/people/PeopleTabs";
import { RecordList } from "@/list/RecordList";
import { History } from "@/record/History";
import { RecordForm } from "@/record/RecordForm";
import { Section } from "@/record/Section";

export default function Roles() {
  const session = useSession();
  const [, go] = useLocation();
  const [adding, setAdding] = useState(false);
  return (
    <>
      <RecordList
        entity="role"
        title={t("web.place.people")}
        counted="web.people.roles_count"
        columns={["name"]}
        sort="name"
        tabs={
          <>
            <PeopleTabs />
            <Offers />
          </>
        }
        pathOf={(row) => `/people/roles/${row.id}`}
        add={may(session, "role", "add") ? { label: t("web.people.new_role"), run: () => setAdding(true) } : undefined}
      />
      <Section title={t("web.people.role_changes")}>
        <History entity="role" />
      </Section>
      {adding && (
        <RecordForm
          entity="role"
          title={t("web.people.new_role")}
          first={["name"]}
          close={() => setAdding(false)}
          onDone={(saved) => go(`/people/roles/${saved.id}`)}
        />
      )}
    </>
  );
}
