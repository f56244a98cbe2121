// One row of a child list in a small window: an address, a phone.
import { Button, Group, Stack } from "@mantine/core";
import { type FormEvent, Fragment, useState } from "react";
import { inWords, type Refusal } from "@/api/http";
import type { Children, Field, Row, Title, Value } from "@/api/shapes";
import { t } from "@/core/words";
import { FieldInput } from "@/fields/FieldInput";
import type { ChildShape } from "@/record/childShape";
import { Dialog } from "@/ui/Dialog";

interface Props {
  of: Children;
  shape?: ChildShape;
  title: string;
  row: Row;
  save: (row: Row) => Promise<Refusal | null>;
  drop?: () => Promise<unknown>;
  close: () => void;
}

export function ChildForm({ of, shape, title, row, save, drop, close }: Props) {
  const [values, setValues] = useState(row);
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  const [busy, setBusy] = useState(false);
  const [begun] = useState(() => save); // of the version that was there when the form opened
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setBusy(true);
    const refused = await begun(values);
    setBusy(false);
    if (refused) setRefusal(refused);
    else close();
  };
  const fields = (shape?.fields(values) ?? of.fields).filter((field) => !field.by_rule);
  const set = (field: Field) => (value: Value, picked?: Title) =>
    setValues((now) => ({
      ...now,
      [field.name]: value,
      ...(picked ? { _titles: { ...(now._titles as object), [field.name]: picked } } : {}),
    }));
  const problem = (field: Field) =>
    refusal?.problems.filter((each) => each.field?.endsWith(field.name)).map(inWords)[0];
  const said =
    refusal && !fields.some(problem) ? (refusal.problems[0] ? inWords(refusal.problems[0]) : refusal.title) : null;
  return (
    <Dialog onClose={close} title={title}>
      <form onSubmit={(event) => void submit(event)} noValidate>
        <Stack gap="sm">
          {said && <p role="alert">{said}</p>}
          {fields.map((field, at) => {
            const input = {
              field,
              value: values[field.name] as Value,
              title: (values._titles as Record<string, Title> | undefined)?.[field.name],
              onChange: set(field),
              error: problem(field),
              autoFocus: at === 0,
            };
            return <Fragment key={field.name}>{shape?.input?.(input) ?? <FieldInput {...input} />}</Fragment>;
          })}
        </Stack>
        <Group justify="space-between" mt="lg">
          {drop ? (
            <Button variant="subtle" color="red" onClick={() => void drop().then(close)}>
              {t("web.form.remove")}
            </Button>
          ) : (
            <span />
          )}
          <Group gap="xs">
            <Button variant="default" onClick={close}>
              {t("web.cancel")}
            </Button>
            <Button type="submit" loading={busy}>
              {t("web.save")}
            </Button>
          </Group>
        </Group>
      </form>
    </Dialog>
  );
}
