// The fields of a record on a card, in a given order; the rest after them when asked for.
import { type ReactNode, useEffect, useState } from "react";
import type { Field, Saved, Value } from "@/api/shapes";
import { useEntity } from "@/api/useMeta";
import { mayHere, useSession } from "@/api/useSession";
import { isToEdit } from "@/core/editing";
import { FieldLine, isChangeable } from "@/record/FieldLine";
import css from "@/record/Fields.module.css";

interface Props {
  entity: string;
  record: Saved;
  names: string[];
  others?: boolean;
  skip?: string[];
  shown?: (field: Field) => ReactNode | undefined;
  /** What stands in the place of a value, and is not changed here. */
  told?: (field: Field) => ReactNode | undefined;
  custom?: (field: Field) => ReactNode | undefined;
  warn?: (field: string, value: Value) => ReactNode;
}

export function Fields({ entity: name, record, names, others, skip = [], shown, told, custom, warn }: Props) {
  const entity = useEntity(name);
  const session = useSession();
  const [begins, begin] = useState(false);
  useEffect(() => {
    if (isToEdit()) begin(true);
  }, []);
  if (!entity) return null;
  const named = names.flatMap((each) => entity.fields.find((field) => field.name === each) ?? []);
  const rest = others ? entity.fields.filter((field) => !names.includes(field.name) && !skip.includes(field.name)) : [];
  const editable = mayHere(session, name, record, "change") && !record.archived_at;
  const all = [...named, ...rest];
  const first = begins ? all.find((field) => isChangeable(field, record, editable) && !custom?.(field)) : undefined;
  return (
    <dl className={css.fields}>
      {all.map((field) => (
        <FieldLine
          key={field.name}
          entity={name}
          record={record}
          field={field}
          editable={editable && told?.(field) === undefined}
          begins={field === first}
          shown={told?.(field) ?? shown?.(field)}
          custom={custom?.(field)}
          warning={warn && ((value) => warn(field.name, value))}
        />
      ))}
    </dl>
  );
}
