// The fields of a record on a card, in a given order; the rest after them when asked for.
import type { ReactNode } from "react";
import type { Field, Saved, Value } from "@/api/shapes";
import { useEntity } from "@/api/useMeta";
import { may, useSession } from "@/api/useSession";
import { FieldLine } from "@/record/FieldLine";
import css from "@/record/Fields.module.css";

interface Props {
  entity: string;
  record: Saved;
  names: string[];
  others?: boolean;
  skip?: string[];
  shown?: (field: Field) => ReactNode | undefined;
  custom?: (field: Field) => ReactNode | undefined;
  warn?: (field: string, value: Value) => string | undefined;
}

export function Fields({ entity: name, record, names, others, skip = [], shown, custom, warn }: Props) {
  const entity = useEntity(name);
  const session = useSession();
  if (!entity) return null;
  const named = names.flatMap((each) => entity.fields.find((field) => field.name === each) ?? []);
  const rest = others ? entity.fields.filter((field) => !names.includes(field.name) && !skip.includes(field.name)) : [];
  return (
    <dl className={css.fields}>
      {[...named, ...rest].map((field) => (
        <FieldLine key={field.name} entity={name} record={record} field={field} editable={may(session, name, "change") && !record.archived_at} shown={shown?.(field)} custom={custom?.(field)} warning={warn && ((value) => warn(field.name, value))} />
      ))}
    </dl>
  );
}
