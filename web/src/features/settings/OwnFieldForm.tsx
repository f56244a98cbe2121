// A new field of the firm's own: where it stands, what it holds, what it is called.
import { Button, Checkbox, Group, Select, Stack, Textarea, TextInput } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { call, onceKey, said } from "@/api/http";
import { useMeta } from "@/api/useMeta";
import { spoken, t } from "@/core/words";
import { Dialog } from "@/ui/Dialog";
import { tellDone } from "@/ui/toasts";

const types = ["text", "int", "money", "qty", "ratio", "day", "bool", "choice", "ref"];

/* One option a line: "русское / English". */
const optionsOf = (text: string) =>
  text
    .split("\n")
    .map((line) => line.trim())
    .filter(Boolean)
    .map((line) => {
      const [ru = "", en = ru] = line.split("/").map((part) => part.trim());
      return [ru, en];
    });

export function OwnFieldForm({ close, onDone }: { close: () => void; onDone: () => void }) {
  const { entities } = useMeta();
  const [once] = useState(onceKey);
  const [entity, setEntity] = useState("client");
  const [type, setType] = useState("text");
  const [to, setTo] = useState("client");
  const [ru, setRu] = useState("");
  const [en, setEn] = useState("");
  const [options, setOptions] = useState("");
  const [sort, setSort] = useState(false);
  const [refused, setRefused] = useState("");
  const [busy, setBusy] = useState(false);
  const data = entities.map((each) => ({ value: each.name, label: each.label }));
  const both = [
    { of: "ru", value: ru, set: setRu },
    { of: "en", value: en, set: setEn },
  ];
  const names = spoken() === "ru" ? both : both.reverse();
  const save = async (event: FormEvent) => {
    event.preventDefault();
    setBusy(true);
    try {
      await call("POST", "/api/field", {
        once,
        body: {
          entity,
          type,
          label_ru: ru || en,
          label_en: en || ru,
          sort,
          ...(type === "ref" ? { to } : {}),
          ...(type === "choice" ? { options: optionsOf(options) } : {}),
        },
      });
      tellDone(t("web.settings.field_added"));
      onDone();
      close();
    } catch (error) {
      setRefused(said(error));
      setBusy(false);
    }
  };
  return (
    <Dialog onClose={close} title={t("web.settings.new_field")}>
      <form onSubmit={(event) => void save(event)}>
        <Stack gap="sm">
          {refused && <p role="alert">{refused}</p>}
          <Select
            label={t("web.settings.field_of")}
            data={data}
            value={entity}
            onChange={(value) => setEntity(value ?? "client")}
            allowDeselect={false}
          />
          {names.map((name) => (
            <TextInput
              key={name.of}
              label={t(`web.settings.label_${name.of}`)}
              required={name.of === spoken()}
              withAsterisk={false}
              value={name.value}
              onChange={(event) => name.set(event.currentTarget.value)}
              data-autofocus={name.of === spoken() || undefined}
            />
          ))}
          <Select
            label={t("web.settings.field_type")}
            data={types.map((value) => ({ value, label: t(`web.type.${value}`) }))}
            value={type}
            onChange={(value) => setType(value ?? "text")}
            allowDeselect={false}
          />
          {type === "ref" && (
            <Select
              label={t("web.settings.field_to")}
              data={data}
              value={to}
              onChange={(value) => setTo(value ?? "client")}
              allowDeselect={false}
            />
          )}
          {type === "choice" && (
            <Textarea
              label={t("web.settings.field_options")}
              description={t("web.settings.field_options_note")}
              required
              withAsterisk={false}
              autosize
              minRows={3}
              value={options}
              onChange={(event) => setOptions(event.currentTarget.value)}
            />
          )}
          <Checkbox
            label={t("web.settings.field_sort")}
            checked={sort}
            onChange={(event) => setSort(event.currentTarget.checked)}
          />
        </Stack>
        <Group justify="flex-end" mt="lg">
          <Button variant="default" onClick={close}>
            {t("web.cancel")}
          </Button>
          <Button type="submit" loading={busy}>
            {t("web.save")}
          </Button>
        </Group>
      </form>
    </Dialog>
  );
}
