// The list of what was done and is to be done: the latest first, with what came of it.
import { useState } from "react";
import type { Field, Saved } from "@/api/shapes";
import { may, useSession } from "@/api/useSession";
import { day } from "@/core/day";
import { t } from "@/core/words";
import { PlanForm } from "@/features/activities/PlanForm";
import { WorkTabs } from "@/features/activities/WorkTabs";
import { cardPath } from "@/list/door";
import { RecordList } from "@/list/RecordList";

const columns = ["kind_id", "client_id", "subject", "at", "state", "result", "outcome", "performer_id"];

/* What is due at no hour has its day alone. */
const cell = (row: Saved, field: Field) =>
  /^(at|due_at)$/.test(field.name) && row.state === "open" && !row.timed && row.due_day
    ? day(String(row.due_day))
    : undefined;

export default function Activities() {
  const session = useSession();
  const [planning, setPlanning] = useState(false);
  return (
    <>
      <RecordList
        entity="activity"
        title={t("entity.activity")}
        counted="web.activity.count"
        columns={columns}
        sort="-at"
        pathOf={(row) => cardPath("activity", row.id)}
        cell={cell}
        tabs={<WorkTabs />}
        add={may(session, "activity", "add") ? { label: t("web.today.new"), run: () => setPlanning(true) } : undefined}
        empty={t("web.today.nothing_note")}
      />
      {planning && <PlanForm close={() => setPlanning(false)} />}
    </>
  );
}
