// Adding a person to a client: somebody known, or somebody new with a phone, in one step.
import { Button, Group, SegmentedControl, Stack, TextInput } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { onceKey, Refusal, said } from "@/api/http";
import type { Children, Field, Row, Title, Value } from "@/api/shapes";
import { useCreate } from "@/api/useSave";
import { t } from "@/core/words";
import { FieldInput } from "@/fields/FieldInput";
import { RefSelect } from "@/fields/RefSelect";
import { Dialog } from "@/ui/Dialog";

interface Props {
  of: Children;
  save: (row: Row) => Promise<Refusal | null>;
  close: () => void;
}

const blank = { name: "", post: "", phone: "", email: "" };

export function PersonForm({ of, save, close }: Props) {
  const [kind, setKind] = useState("new");
  const [picked, setPicked] = useState<Title | null>(null);
  const [person, setPerson] = useState(blank);
  const [role, setRole] = useState<Value>("decides");
  const [once] = useState(onceKey);
  const [refused, setRefused] = useState("");
  const { mutateAsync, isPending } = useCreate("person");
  const roleField = of.fields.find((field) => field.name === "role") as Field;
  const set = (name: keyof typeof blank) => (event: { currentTarget: { value: string } }) =>
    setPerson({ ...person, [name]: event.currentTarget.value });
  const made = async (): Promise<number> => {
    const { name, post, phone, email } = person;
    const saved = await mutateAsync({
      values: { name, post: post || null, email: email || null, phones: phone ? [{ number: phone }] : [] },
      once,
    });
    return saved.id;
  };
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setRefused("");
    try {
      const id = kind === "new" ? await made() : picked?.id;
      if (!id) return;
      const refusal = await save({ person_id: id, role, post: person.post || null });
      if (refusal) setRefused(said(refusal));
      else close();
    } catch (error) {
      setRefused(said(error));
    }
  };
  return (
    <Dialog onClose={close} title={t("web.client.add_person")}>
      <form onSubmit={(event) => void submit(event)}>
        <Stack gap="sm">
          <SegmentedControl
            value={kind}
            onChange={setKind}
            data={[
              { value: "new", label: t("web.client.person_new") },
              { value: "known", label: t("web.client.person_known") },
            ]}
          />
          {refused && <p role="alert">{refused}</p>}
          {kind === "new" ? (
            <>
              <TextInput
                label={t("person.name")}
                required
                withAsterisk={false}
                value={person.name}
                onChange={set("name")}
                data-autofocus
              />
              <TextInput label={t("person.post")} value={person.post} onChange={set("post")} />
              <TextInput label={t("person_phone.number")} type="tel" value={person.phone} onChange={set("phone")} />
              <TextInput label={t("person.email")} type="email" value={person.email} onChange={set("email")} />
            </>
          ) : (
            <RefSelect
              entity="person"
              label={t("client_person.person_id")}
              value={picked?.id ?? null}
              onChange={setPicked}
            />
          )}
          {roleField && <FieldInput field={roleField} value={role} onChange={setRole} />}
        </Stack>
        <Group justify="flex-end" mt="lg">
          <Button variant="default" onClick={close}>
            {t("web.cancel")}
          </Button>
          <Button type="submit" loading={isPending} disabled={kind === "known" && !picked}>
            {t("web.save")}
          </Button>
        </Group>
      </form>
    </Dialog>
  );
}
