// When: tomorrow, in a week, or a day; at an hour or some time that day.
import { Chip, Group } from "@mantine/core";
import { daysAfter, today, weekday } from "@/core/day";
import { t } from "@/core/words";
import type { When } from "@/features/activities/types";
import { DraftText, timeOf } from "@/fields/DraftText";
import { DayInput } from "@/fields/widgets";
import css from "@/features/activities/WhenInput.module.css";

/* Nothing is some time that day. */
const hourOf = (text: string) => (text.trim() === "" ? "" : timeOf(text));

/* Saturdays and Sundays give way to Monday; other days off a person knows himself. */
const worked = (day: string) => (weekday(day) > 4 ? daysAfter(day, 7 - weekday(day)) : day);

const quick = () => [
  { name: "web.activity.tomorrow", day: worked(daysAfter(today(), 1)) },
  { name: "web.activity.in_a_week", day: worked(daysAfter(today(), 7)) },
  { name: "web.activity.in_a_month", day: worked(daysAfter(today(), 30)) },
];

interface Props {
  value: When | null;
  onChange: (value: When | null) => void;
  label: string;
  error?: string;
  required?: boolean;
  /** Today is one of the quick ones. */
  now?: boolean;
}

export function WhenInput({ value, onChange, label, error, required, now }: Props) {
  const days = now ? [{ name: "web.activity.today", day: today() }, ...quick().slice(0, 2)] : quick();
  return (
    <fieldset className={css.when} aria-label={label}>
      <div className={css.label}>
        {label}
        {required && (
          <span className={css.required} aria-hidden>
            {" *"}
          </span>
        )}
      </div>
      <Group gap="xs" className={css.quick}>
        {days.map(({ name, day }) => (
          <Chip
            variant="outline"
            key={name}
            size="sm"
            checked={value?.day === day}
            onChange={(on) => onChange(on ? { day, hour: value?.hour ?? "" } : null)}
          >
            {t(name)}
          </Chip>
        ))}
      </Group>
      <div className={css.exact}>
        <DayInput
          aria-label={t("web.activity.day")}
          value={value?.day ?? null}
          onChange={(day) => onChange(day ? { day: String(day), hour: value?.hour ?? "" } : null)}
        />
        <DraftText
          aria-label={t("web.activity.hour")}
          placeholder="09:00"
          read={hourOf}
          value={value?.hour ?? ""}
          disabled={!value}
          onChange={(hour) => value && onChange({ ...value, hour })}
        />
      </div>
      {error && (
        <p className={css.error} role="alert">
          {error}
        </p>
      )}
    </fieldset>
  );
}
