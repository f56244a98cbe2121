// The usual week of the firm: which days are worked, from when to when, whose public holidays are kept.
import { Chip, Group, Select } from "@mantine/core";
import { useState } from "react";
import { type Weekday, weekdays } from "@/core/rhythm";
import { t } from "@/core/words";
import { SettingsForm } from "@/features/settings/SettingsForm";
import { useCalendar, useWeekChange, type Week } from "@/features/settings/useCalendar";
import { DraftText, timeOf } from "@/fields/DraftText";
import css from "@/features/settings/Schedule.module.css";

export function WorkWeek() {
  const { data } = useCalendar(undefined);
  if (!data) return null;
  const { week, from, to, pause_from, pause_to, holidays } = data;
  const now = { week, from, to, pause_from, pause_to, holidays };
  return <WeekForm week={now} key={JSON.stringify(now)} />;
}

const times = ["from", "to", "pause_from", "pause_to"] as const;

function WeekForm({ week }: { week: Week }) {
  const [form, setForm] = useState(week);
  const change = useWeekChange();
  return (
    <SettingsForm title={t("web.calendar.week")} note={t("web.calendar.week_note")} change={change} body={form}>
      {(errorOf) => (
        <>
          <Chip.Group
            multiple
            value={form.week}
            onChange={(days) => days.length && setForm({ ...form, week: days as Weekday[] })}
          >
            <Group gap={4}>
              {weekdays.map((day) => (
                <Chip key={day} value={day} size="xs">
                  {t(`weekday.${day}`)}
                </Chip>
              ))}
            </Group>
          </Chip.Group>
          <div className={css.line}>
            {times.map((name) => (
              <DraftText
                key={name}
                label={t(`web.calendar.${name}`)}
                read={timeOf}
                value={form[name]}
                error={errorOf(name)}
                onChange={(time) => setForm({ ...form, [name]: time })}
              />
            ))}
          </div>
          <Select
            label={t("web.calendar.holidays")}
            allowDeselect={false}
            data={(["russia", "none"] as const).map((key) => ({
              value: key,
              label: t(`web.calendar.holidays.${key}`),
            }))}
            value={form.holidays}
            onChange={(holidays) => holidays && setForm({ ...form, holidays: holidays as Week["holidays"] })}
          />
        </>
      )}
    </SettingsForm>
  );
}
