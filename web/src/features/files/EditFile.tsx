// What a file is called, of which kind it is, and a note about it.
import { Button, Group, Select, Textarea, TextInput } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { Refusal, said } from "@/api/http";
import type { Saved } from "@/api/shapes";
import { useEntity } from "@/api/useMeta";
import { useChange } from "@/api/useSave";
import { t } from "@/core/words";
import { Dialog } from "@/ui/Dialog";
import { tellBad } from "@/ui/toasts";

export function EditFile({ file, close }: { file: Saved; close: () => void }) {
  const entity = useEntity("attachment");
  const { mutateAsync, isPending, error } = useChange("attachment");
  const [name, setName] = useState(String(file.name));
  const [kind, setKind] = useState(String(file.kind));
  const [note, setNote] = useState(String(file.note ?? ""));
  const options = entity?.fields.find((field) => field.name === "kind")?.options ?? [];
  const refused = (field: string) => (error instanceof Refusal ? error.of(field)[0] : undefined);
  const save = async (event: FormEvent) => {
    event.preventDefault();
    try {
      await mutateAsync({ id: file.id, version: file.version, values: { name, kind, note: note || null } });
      close();
    } catch (problem) {
      if (!(problem instanceof Refusal && problem.of("name").length)) tellBad(said(problem));
    }
  };
  return (
    <Dialog onClose={close} title={t("web.files.edit_title")}>
      <form onSubmit={(event) => void save(event)}>
        <TextInput
          label={t("attachment.name")}
          value={name}
          maxLength={200}
          error={refused("name")}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <Select
          mt="sm"
          label={t("attachment.kind")}
          data={options.map(({ key, label }) => ({ value: key, label }))}
          value={kind}
          allowDeselect={false}
          onChange={(next) => next && setKind(next)}
        />
        <Textarea
          mt="sm"
          label={t("attachment.note")}
          autosize
          minRows={2}
          maxLength={2000}
          value={note}
          error={refused("note")}
          onChange={(event) => setNote(event.currentTarget.value)}
        />
        <Group justify="flex-end" mt="md">
          <Button variant="default" onClick={close}>
            {t("web.cancel")}
          </Button>
          <Button type="submit" loading={isPending}>
            {t("web.save")}
          </Button>
        </Group>
      </form>
    </Dialog>
  );
}
