// What else a change needs: the server has named fields that were not given, and they are asked for where one stands.
import { Button, Group, Stack } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { inWords } from "@/api/http";
import type { Field, Problem, Row, Title, Value } from "@/api/shapes";
import { t } from "@/core/words";
import { FieldInput } from "@/fields/FieldInput";
import { Dialog } from "@/ui/Dialog";

export interface Needed {
  title: string;
  fields: Field[];
  problems: Problem[];
  /** Null: it is not changed. */
  answer: (values: Row | null) => void;
}

export function NeededDialog({ needed }: { needed: Needed }) {
  const [values, setValues] = useState<Row>({});
  const [titles, setTitles] = useState<Record<string, Title | undefined>>({});
  const submit = (event: FormEvent) => {
    event.preventDefault();
    needed.answer(values);
  };
  return (
    <Dialog onClose={() => needed.answer(null)} title={needed.title}>
      <form onSubmit={submit} noValidate>
        <Stack gap="sm">
          {needed.fields.map((field, at) => (
            <FieldInput
              key={field.name}
              field={field}
              value={(values[field.name] ?? null) as Value}
              title={titles[field.name]}
              warning={needed.problems.filter((each) => each.field === field.name).map(inWords)[0]}
              onChange={(value, title) => {
                setValues((before) => ({ ...before, [field.name]: value }));
                setTitles((before) => ({ ...before, [field.name]: title }));
              }}
              autoFocus={at === 0}
            />
          ))}
        </Stack>
        <Group justify="flex-end" mt="md">
          <Button variant="default" onClick={() => needed.answer(null)}>
            {t("web.cancel")}
          </Button>
          <Button type="submit">{t("web.save")}</Button>
        </Group>
      </form>
    </Dialog>
  );
}
