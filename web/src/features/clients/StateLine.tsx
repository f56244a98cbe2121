// A client's state: changed only with a reason, which stays on the card.
import { Button, Group, Select, Stack, Textarea, UnstyledButton } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { said } from "@/api/http";
import type { Field, Saved } from "@/api/shapes";
import { t } from "@/core/words";
import { fieldText } from "@/fields/fieldText";
import { useFieldEdit } from "@/record/useFieldEdit";
import { Dialog } from "@/ui/Dialog";
import css from "@/record/FieldLine.module.css";

export function StateLine({ record, field }: { record: Saved; field: Field }) {
  const [open, setOpen] = useState(false);
  const text = fieldText(field, record);
  return (
    <>
      <UnstyledButton
        className={css.edit}
        aria-label={t("web.record.edit", { field: field.label, value: text })}
        onClick={() => setOpen(true)}
      >
        {text}
      </UnstyledButton>
      {open && <StateForm record={record} field={field} close={() => setOpen(false)} />}
    </>
  );
}

function StateForm({ record, field, close }: { record: Saved; field: Field; close: () => void }) {
  const [state, setState] = useState<string | null>(String(record.state));
  const [reason, setReason] = useState("");
  const [refused, setRefused] = useState("");
  const [begun] = useState(record);
  const { save, busy } = useFieldEdit("client");
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const refusal = await save(begun, { state, state_reason: reason.trim() });
    if (refusal) setRefused(said(refusal));
    else close();
  };
  return (
    <Dialog onClose={close} title={field.label}>
      <form onSubmit={(event) => void submit(event)}>
        <Stack gap="sm">
          <Select
            label={field.label}
            allowDeselect={false}
            data={(field.options ?? []).map(({ key, label }) => ({ value: key, label }))}
            value={state}
            onChange={setState}
          />
          <Textarea
            label={t("web.archive.reason")}
            required
            withAsterisk={false}
            autosize
            minRows={2}
            maxLength={500}
            value={reason}
            error={refused}
            onChange={(event) => setReason(event.currentTarget.value)}
          />
        </Stack>
        <Group justify="flex-end" mt="md">
          <Button variant="default" onClick={close}>
            {t("web.cancel")}
          </Button>
          <Button type="submit" loading={busy} disabled={state === begun.state}>
            {t("web.save")}
          </Button>
        </Group>
      </form>
    </Dialog>
  );
}
