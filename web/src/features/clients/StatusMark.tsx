// Where a client stands by its purchases, in a list: a word with a mark.
import type { Field, Saved } from "@/api/shapes";
import { fieldText } from "@/fields/fieldText";
import { toneOf } from "@/features/clients/Classes";
import css from "@/features/clients/Classes.module.css";

export function StatusMark({ row, field }: { row: Saved; field: Field }) {
  return (
    <span className={css.mark} data-tone={toneOf(String(row[field.name]))}>
      {fieldText(field, row)}
    </span>
  );
}
