// How much of the files that people import is kept, and for how long.
import { NumberInput } from "@mantine/core";
import { useState } from "react";
import { megabytes } from "@/core/number";
import { t } from "@/core/words";
import { SettingsForm } from "@/features/settings/SettingsForm";
import { type Room, useRoom, useRoomChange } from "@/features/settings/useRoom";

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
  return (
    <SettingsForm
      title={t("web.settings.files")}
      note={t("web.settings.files_note", { used: megabytes(room.firm) })}
      change={change}
      body={form}
    >
      {(errorOf) => (
        <>
          {fields.map(([name, label, most]) => (
            <NumberInput
              key={name}
              label={t(label)}
              min={1}
              max={most}
              allowDecimal={false}
              thousandSeparator=" "
              value={form[name]}
              error={errorOf(name)}
              onChange={(value) => setForm({ ...form, [name]: Number(value) })}
            />
          ))}
        </>
      )}
    </SettingsForm>
  );
}
