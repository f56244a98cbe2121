// The register of findings: whose, about what, since when, and how each ended.
import { t } from "@/core/words";
import { RecordList } from "@/list/RecordList";

export default function Findings() {
  return (
    <RecordList
      entity="finding"
      title={t("web.place.findings")}
      counted="web.findings.count"
      columns={["name", "about", "owner_id", "state", "opened_at", "closed_at"]}
      sort="-opened_at"
      pathOf={(row) => `/findings/${row.id}`}
      empty={t("web.findings.empty")}
    />
  );
}
