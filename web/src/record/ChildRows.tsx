// The rows of a child list inside a form: typed in place, added below, taken away at the end.
import { ActionIcon, Button } from "@mantine/core";
import Plus from "icons/IconPlus.mjs";
import Trash from "icons/IconTrash.mjs";
import { inWords } from "@/api/http";
import type { Children, Field, Problem, Row, Title, Value } from "@/api/shapes";
import { t } from "@/core/words";
import { FieldInput } from "@/fields/FieldInput";
import css from "@/record/ChildRows.module.css";

interface Props {
  of: Children;
  rows: Row[];
  problems?: Problem[];
  /** What follows from a field just typed: the amount from quantity and price. */
  derive?: (row: Row, field: string) => Row;
  onChange: (rows: Row[]) => void;
}

const problemOf = (problems: Problem[], list: string, at: number, field: string) => {
  const found = problems.find(
    (problem) =>
      problem.field === `${list}.${at}.${field}` ||
      problem.field === `${list}[${at}].${field}` ||
      (problem.field === `${list}.${field}` && problem.row === at + 1),
  );
  return found && inWords(found);
};

export function ChildRows({ of, rows, problems = [], derive = (row) => row, onChange }: Props) {
  const fields = of.fields.filter((field) => !field.by_rule);
  const put = (at: number, field: Field) => (value: Value, picked?: Title) =>
    onChange(
      rows.map((row, index) =>
        index === at
          ? derive(
              {
                ...row,
                [field.name]: value,
                ...(picked ? { _titles: { ...(row._titles as object), [field.name]: picked } } : {}),
              },
              field.name,
            )
          : row,
      ),
    );
  const widths = fields.map(({ type }) =>
    type === "ref" || type === "text" || type === "link" ? "minmax(12rem, 2fr)" : "minmax(7.5rem, 1fr)",
  );
  const grid = { gridTemplateColumns: `${widths.join(" ")} 2.25rem` };
  return (
    <fieldset className={css.list}>
      <legend className={css.name}>{of.label}</legend>
      {rows.length > 0 && (
        <div className={css.scroller}>
          <div className={css.head} style={grid} aria-hidden>
            {fields.map((field) => (
              <span key={field.name}>{field.label}</span>
            ))}
          </div>
          {rows.map((row, at) => (
            <div key={String(row.id ?? `new ${at}`)} className={css.row} style={grid}>
              {fields.map((field) => (
                <FieldInput
                  key={field.name}
                  bare
                  field={field}
                  label={`${field.label}, ${at + 1}`}
                  value={row[field.name] as Value}
                  title={(row._titles as Record<string, Title> | undefined)?.[field.name]}
                  onChange={put(at, field)}
                  error={problemOf(problems, of.name, at, field.name)}
                />
              ))}
              <ActionIcon
                variant="subtle"
                color="gray"
                size="lg"
                aria-label={t("web.form.drop_row", { n: at + 1 })}
                onClick={() => onChange(rows.filter((_, index) => index !== at))}
              >
                <Trash size={16} />
              </ActionIcon>
            </div>
          ))}
        </div>
      )}
      <Button
        variant="subtle"
        size="compact-sm"
        leftSection={<Plus size={14} />}
        onClick={() => onChange([...rows, {}])}
      >
        {t("web.form.add_row")}
      </Button>
    </fieldset>
  );
}
