// Who is away and who stands in for him: one's own absences, and those of one's team.
import { useState } from "react";
import { useParams } from "wouter";
import { useEntity } from "@/api/useMeta";
import { may, useSession } from "@/api/useSession";
import { day } from "@/core/day";
import { t } from "@/core/words";
import { SettingsTabs } from "@/features/settings/SettingsTabs";
import { fieldText } from "@/fields/fieldText";
import { RecordList } from "@/list/RecordList";
import { RecordCard } from "@/record/RecordCard";
import { RecordForm } from "@/record/RecordForm";
import { useNarrow } from "@/ui/useNarrow";

const fields = ["user_id", "from_day", "until_day", "stand_in_id", "why", "note"];
/* The days side by side, and first what opens nothing by itself. */
const asked = ["why", "user_id", "from_day", "until_day", "stand_in_id", "note"];

export function AbsenceCard() {
  const why = useEntity("absence")?.fields.find((field) => field.name === "why");
  return (
    <RecordCard
      entity="absence"
      id={Number(useParams<{ id: string }>().id)}
      back={{ to: "/settings/absences", label: t("web.settings.absences") }}
      fields={fields}
      title={(record) =>
        t("web.absence.title", {
          name: record._titles?.user_id?.title ?? "",
          why: why ? fieldText(why, record) : "",
          from: day(String(record.from_day)),
          until: day(String(record.until_day)),
        })
      }
    />
  );
}

export default function Absences() {
  const session = useSession();
  const narrow = useNarrow();
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
        cell={(row, { name }) => {
          const standIn = narrow && name === "stand_in_id" && row._titles?.stand_in_id?.title;
          return standIn ? t("web.absence.by", { name: standIn }) : undefined;
        }}
        pathOf={(row) => `/settings/absences/${row.id}`}
        add={may(session, "absence", "add") ? { label: t("web.absence.new"), run: () => setAdding(true) } : undefined}
        empty={t("web.absences.empty")}
      />
      {adding && (
        <RecordForm
          entity="absence"
          title={t("web.absence.new")}
          first={asked}
          initial={{ user_id: myself.id }}
          titles={{ user_id: myself }}
          close={() => setAdding(false)}
          onDone={() => setAdding(false)}
        />
      )}
    </>
  );
}
