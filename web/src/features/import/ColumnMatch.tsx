// Which column of the file says what: recognised by name or content, changeable; what is not chosen is not read.
import { Select } from "@mantine/core";
import { t } from "@/core/words";
import type { Column, TargetField } from "@/features/import/types";
import css from "@/features/import/ColumnMatch.module.css";

interface Props {
  columns: Column[];
  fields: TargetField[];
  chosen: Record<string, number>;
  onChange: (chosen: Record<string, number>) => void;
}

export function ColumnMatch({ columns, fields, chosen, onChange }: Props) {
  const fieldAt = (index: number) => Object.keys(chosen).find((field) => chosen[field] === index) ?? null;
  const put = (index: number, field: string | null) => {
    const next = Object.fromEntries(Object.entries(chosen).filter(([name, at]) => at !== index && name !== field));
    onChange(field ? { ...next, [field]: index } : next);
  };
  const missing = fields.filter((field) => field.required && chosen[field.name] === undefined);
  return (
    <>
      {missing.length > 0 && (
        <p className={css.missing}>
          {t("web.import.missing", { names: missing.map((field) => field.label).join(", ") })}
        </p>
      )}
      <div className={css.list} role="list">
        {columns.map((column) => {
          const field = fieldAt(column.index);
          const sure = field !== null && column.guess?.field === field;
          return (
            <div key={column.index} role="listitem" className={css.line} data-used={field !== null || undefined}>
              <div className={css.column}>
                <b>{column.name || t("web.import.column", { n: column.index + 1 })}</b>
                <span className={css.samples}>{column.samples.filter(Boolean).slice(0, 3).join(" · ")}</span>
              </div>
              <Select
                size="sm"
                aria-label={t("web.import.match", { name: column.name || String(column.index + 1) })}
                placeholder={t("web.import.unused")}
                data={fields.map(({ name, label }) => ({ value: name, label }))}
                value={field}
                onChange={(value) => put(column.index, value)}
                clearable
                searchable
                clearButtonProps={{ "aria-label": t("web.clear") }}
              />
              <span className={css.guess}>
                {sure ? t((column.guess?.confidence ?? 0) >= 0.8 ? "web.import.sure" : "web.import.likely") : ""}
              </span>
            </div>
          );
        })}
      </div>
    </>
  );
}
