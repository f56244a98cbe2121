// Who is away and who stands in for him: one's own absences, and those of one's team.
import { useState } from "react";
import { useParams } from "wouter";
import { may, useSession } from "@/api/useSession";
import { t } from "@/core/words";
import { SettingsTabs } from "@/features/settings/SettingsTabs";
import { RecordList } from "@/list/RecordList";
import { RecordCard } from "@/record/RecordCard";
import { RecordForm } from "@/record/RecordForm";

const fields = ["user_id", "from_day", "until_day", "why", "stand_in_id", "note"];

export function AbsenceCard() {
  return (
    <RecordCard
      entity="absence"
      id={Number(useParams<{ id: string }>().id)}
      back={{ to: "/settings/absences", label: t("web.settings.absences") }}
      fields={fields}
    />
  );
}

export default function Absences() {
  const session = useSession();
  const [adding, setAdding] = useState(false);
  const myself = { id: session.user.id, title: session.user.name };
  return (
    <>
      <RecordList
        entity="absence"
        title={t("web.place.settings")}
        counted="web.settings.count"
        columns={fields}
        sort="-from_day"
        tabs={<SettingsTabs />}
        pathOf={(row) => `/settings/absences/${row.id}`}
        add={may(session, "absence", "add") ? { label: t("web.absence.new"), run: () => setAdding(true) } : undefined}
        empty={t("web.absences.empty")}
      />
      {adding && (
        <RecordForm
          entity="absence"
          title={t("web.absence.new")}
          first={fields}
          initial={{ user_id: myself.id }}
          titles={{ user_id: myself }}
          close={() => setAdding(false)}
          onDone={() => setAdding(false)}
        />
      )}
    </>
  );
}
