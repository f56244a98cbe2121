// The units of the firm; who heads a unit sees what belongs to it and to those below.
import { useState } from "react";
import { useLocation } from "wouter";
import { may, useSession } from "@/api/useSession";
import { t } from "@/core/words";
import { PeopleTabs } from "@/features/people/PeopleTabs";
import { RecordList } from "@/list/RecordList";
import { RecordForm } from "@/record/RecordForm";

export default function Units() {
  const session = useSession();
  const [, go] = useLocation();
  const [adding, setAdding] = useState(false);
  return (
    <>
      <RecordList
        entity="unit"
        title={t("web.place.people")}
        counted="web.people.units_count"
        columns={["name", "parent_id", "head_id"]}
        sort="name"
        tabs={<PeopleTabs />}
        pathOf={(row) => `/people/units/${row.id}`}
        add={may(session, "unit", "add") ? { label: t("web.people.new_unit"), run: () => setAdding(true) } : undefined}
      />
      {adding && (
        <RecordForm
          entity="unit"
          title={t("web.people.new_unit")}
          first={["name", "parent_id", "head_id"]}
          close={() => setAdding(false)}
          onDone={(saved) => go(`/people/units/${saved.id}`)}
        />
      )}
    </>
  );
}
