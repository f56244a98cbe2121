// One row of a child list in a small window: an address, a phone.
import { Button, Group, Stack } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { inWords, type Refusal } from "@/api/http";
import type { Children, Field, Row, Title, Value } from "@/api/shapes";
import { t } from "@/core/words";
import { FieldInput } from "@/fields/FieldInput";
import { Dialog } from "@/ui/Dialog";

interface Props {
  of: Children;
  title: string;
  row: Row;
  save: (row: Row) => Promise<Refusal | null>;
  drop?: () => Promise<unknown>;
  close: () => void;
}

export function ChildForm({ of, title, row, save, drop, close }: Props) {
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
  const set = (field: Field) => (value: Value, picked?: Title) =>
    setValues((now) => ({
      ...now,
      [field.name]: value,
      ...(picked ? { _titles: { ...(now._titles as object), [field.name]: picked } } : {}),
    }));
  const problem = (field: Field) =>
    refusal?.problems.filter((each) => each.field?.endsWith(field.name)).map(inWords)[0];
  const said =
    refusal && !of.fields.some(problem) ? (refusal.problems[0] ? inWords(refusal.problems[0]) : refusal.title) : null;
  return (
    <Dialog onClose={close} title={title}>
      <form onSubmit={(event) => void submit(event)} noValidate>
        <Stack gap="sm">
          {said && <p role="alert">{said}</p>}
          {of.fields
            .filter((field) => !field.by_rule)
            .map((field, at) => (
              <FieldInput
                key={field.name}
                field={field}
                value={values[field.name] as Value}
                title={(values._titles as Record<string, Title> | undefined)?.[field.name]}
                onChange={set(field)}
                error={problem(field)}
                autoFocus={at === 0}
              />
            ))}
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
