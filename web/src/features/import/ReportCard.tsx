// What a report was understood as: a sentence whose parts are chosen; what is changed is read again by the server.
import { Button, MultiSelect, Select } from "@mantine/core";
import { t } from "@/core/words";
import type { Form, Report, ReportForm, Says } from "@/features/import/types";
import css from "@/features/import/ReportCard.module.css";

const says: Says[] = ["client", "product", "document", "date", "seller", "channel", "other"];
const acrosses = ["nothing", "date", "product", "client", "seller", "channel"] as const;

interface Props {
  form: Form;
  report: Report;
  busy: boolean;
  onRecognise: (form: Form) => void;
}

export function ReportCard({ form, report, busy, onRecognise }: Props) {
  const now = form.report ?? { shape: "report" as const, levels: [], across: null };
  const again = (part: Partial<ReportForm>) => onRecognise({ ...form, report: { ...now, ...part } });
  const columns = report.columns
    .map((name, at) => ({ value: String(at), label: name || t("web.import.column", { n: at + 1 }) }))
    .filter(({ value }) => report.columns[Number(value)] || Number(value) === report.label);
  const common = { size: "sm" as const, disabled: busy };
  return (
    <div className={css.report}>
      <div className={css.sentence}>
        {now.levels.map((level, at) => (
          <Select
            key={at}
            {...common}
            allowDeselect={false}
            label={t("web.import.report.level", { n: at + 1 })}
            data={says.map((value) => ({ value, label: t(`report.says.${value}`) }))}
            value={level}
            onChange={(value) => again({ levels: now.levels.map((each, i) => (i === at ? (value as Says) : each)) })}
          />
        ))}
        <Select
          {...common}
          allowDeselect={false}
          label={t("web.import.report.across")}
          data={acrosses.map((value) => ({ value, label: t(`web.import.report.across.${value}`) }))}
          value={now.across ?? "nothing"}
          onChange={(value) => again({ across: value as ReportForm["across"], sums: null })}
        />
        {report.label !== null && (
          <Select
            {...common}
            allowDeselect={false}
            label={t("web.import.report.label")}
            data={columns}
            value={String(report.label)}
            onChange={(value) => again({ label: Number(value), levels: [] })}
          />
        )}
        <MultiSelect
          {...common}
          label={t("web.import.report.sums")}
          placeholder={report.sums.length ? undefined : t("web.import.report.no_sums")}
          data={columns}
          value={report.sums.map(String)}
          onChange={(values) => again({ sums: values.map(Number) })}
          className={css.sums}
        />
      </div>
      <Button
        variant="default"
        size="sm"
        disabled={busy}
        onClick={() =>
          onRecognise({ ...form, report: { ...now, shape: "table", levels: [], across: null, sums: null } })
        }
      >
        {t("web.import.report.is_table")}
      </Button>
    </div>
  );
}
