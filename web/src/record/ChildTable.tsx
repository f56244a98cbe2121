// A child list on a card as a table; a row opens its small form. A place may shape both.
import { Button, UnstyledButton } from "@mantine/core";
import { useState } from "react";
import Plus from "icons/IconPlus.mjs";
import type { Children, Entity, Field, Row, Saved } from "@/api/shapes";
import { mayHere, useSession } from "@/api/useSession";
import { t } from "@/core/words";
import { alignsRight, fieldText } from "@/fields/fieldText";
import { ChildForm } from "@/record/ChildForm";
import type { ChildShape } from "@/record/childShape";
import { Section } from "@/record/Section";
import { useChildren } from "@/record/useChildren";
import css from "@/record/ChildTable.module.css";

interface Props {
  entity: Entity;
  record: Saved;
  of: Children;
  shape?: ChildShape;
}

export function ChildTable({ entity, record, of, shape }: Props) {
  const session = useSession();
  const { rows, keep, drop } = useChildren(entity.name, record, of.name);
  const [open, setOpen] = useState<Row | null>(null);
  const editable = mayHere(session, entity.name, record, "change") && !record.archived_at;
  const fields = (shape?.columns ?? of.fields).filter((field) => rows.some((row) => fieldText(field, row as Saved)));
  const textOf = (field: Field, row: Row) => shape?.text?.(field, row) ?? fieldText(field, row as Saved);
  return (
    <Section
      title={of.label}
      aside={
        editable && (
          <Button
            variant="subtle"
            size="compact-sm"
            leftSection={<Plus size={14} />}
            onClick={() => setOpen(shape?.begin() ?? {})}
          >
            {t("web.form.add_row")}
          </Button>
        )
      }
    >
      {rows.length > 0 && (
        <div className={css.scroller} tabIndex={0} role="group" aria-label={of.label}>
          <table className={css.table}>
            <thead>
              <tr>
                {fields.map((field) => (
                  <th key={field.name} data-right={alignsRight(field) || undefined}>
                    {field.label}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {rows.map((row, at) => (
                <tr key={String(row.id ?? at)}>
                  {fields.map((field, column) => (
                    <td
                      key={field.name}
                      data-label={column ? field.label : undefined}
                      data-right={alignsRight(field) || undefined}
                    >
                      {column === 0 && editable ? (
                        <UnstyledButton className={css.open} onClick={() => setOpen(row)}>
                          {textOf(field, row) || "—"}
                        </UnstyledButton>
                      ) : (
                        textOf(field, row)
                      )}
                    </td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      {open && (
        <ChildForm
          of={of}
          shape={shape}
          title={of.label}
          row={open}
          save={keep}
          drop={open.id ? () => drop(open) : undefined}
          close={() => setOpen(null)}
        />
      )}
    </Section>
  );
}
