// The first rows as they will be read; beside those of a report the rows of the file that they come from.
import { FigureTable } from "@/chart/FigureTable";
import { day } from "@/core/day";
import { t } from "@/core/words";
import type { Preview, Report, ReportLine } from "@/features/import/types";
import css from "@/features/import/ImportPreview.module.css";

/* A day is told as the base keeps it; whoever looks reads it as they write it. */
const asRead = (cell: string) => (/^\d{4}-\d\d-\d\d$/.test(cell) ? day(cell) : cell);

export function ImportPreview({ preview, report }: { preview: Preview; report: Report | null }) {
  const row = { label: t("web.import.row"), right: true };
  const table = (
    <FigureTable
      label={t("web.import.step_preview")}
      blanks
      goesOn
      head={[...(report ? [row] : []), ...preview.fields.map((field) => ({ label: field.label }))]}
      rows={preview.rows.map((cells, at) => [
        ...(report ? [String(preview.numbers[at] ?? "")] : []),
        ...cells.map(asRead),
      ])}
    />
  );
  if (!report) return table;
  return (
    <div className={css.beside}>
      <div className={css.half}>
        <h3 className={css.title}>{t("web.import.report.in_file")}</h3>
        <FigureTable
          label={t("web.import.report.in_file")}
          blanks
          goesOn
          head={[row, ...report.columns.slice(0, 40).map((label) => ({ label }))]}
          rows={report.rows.map((line) => [String(line.number), ...cellsOf(line, report)])}
        />
      </div>
      <div className={css.half}>
        <h3 className={css.title}>{t("web.import.report.as_rows")}</h3>
        {table}
      </div>
    </div>
  );
}

/* Who stands in whom is seen; sums are dim. */
function cellsOf(line: ReportLine, report: Report) {
  const step = "\u2003".repeat(line.level ?? 0);
  return report.columns.slice(0, 40).map((_, at) => ({
    text: (at === report.label ? step : "") + (line.cells[at] ?? ""),
    tone: line.sums || report.sums.includes(at) ? ("dim" as const) : undefined,
  }));
}
