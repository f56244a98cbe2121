// How much of the files that people import is kept, and for how long.
import { Button, NumberInput } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { Refusal, said } from "@/api/http";
import { megabytes } from "@/core/number";
import { t } from "@/core/words";
import { type Room, useRoom, useRoomChange } from "@/features/settings/useRoom";
import { Section } from "@/record/Section";
import { tellBad, tellDone } from "@/ui/toasts";
import css from "@/features/settings/Me.module.css";

const fields = [
  ["days", "web.settings.files_days", 3650],
  ["person_mb", "web.settings.files_person", 1e6],
  ["firm_mb", "web.settings.files_firm", 1e6],
] as const;

export function FileRoom() {
  const { data: room } = useRoom();
  return room ? <RoomForm room={room} key={`${room.days} ${room.person_mb} ${room.firm_mb}`} /> : null;
}

function RoomForm({ room }: { room: Room }) {
  const [form, setForm] = useState({ days: room.days, person_mb: room.person_mb, firm_mb: room.firm_mb });
  const change = useRoomChange();
  const refusal = change.error instanceof Refusal ? change.error : null;
  const save = (event: FormEvent) => {
    event.preventDefault();
    change.mutate(form, { onSuccess: () => tellDone(t("web.record.saved")), onError: (error) => tellBad(said(error)) });
  };
  return (
    <Section title={t("web.settings.files")}>
      <form onSubmit={save} className={css.lines}>
        <p className={css.note}>{t("web.settings.files_note", { used: megabytes(room.firm) })}</p>
        {fields.map(([name, label, most]) => (
          <NumberInput key={name} label={t(label)} min={1} max={most} allowDecimal={false} thousandSeparator=" " value={form[name]} error={refusal?.of(name)[0]} onChange={(value) => setForm({ ...form, [name]: Number(value) })} />
        ))}
        <div>
          <Button type="submit" loading={change.isPending}>
            {t("web.save")}
          </Button>
        </div>
      </form>
    </Section>
  );
}
