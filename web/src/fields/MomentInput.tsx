// A moment: a day and an hour on the reader's own wall.
import { Group, Input } from "@mantine/core";
import { momentOf, wallOf } from "@/core/day";
import { t } from "@/core/words";
import DayInput from "@/fields/DayInput";
import { DraftText, timeOf } from "@/fields/DraftText";
import type { CalendarProps } from "@/fields/SpanInput";

/* The hour of a moment of which only the day has been said. */
const USUAL = "09:00";

export default function MomentInput({ value, onChange, label, clearable, autoFocus, ...rest }: CalendarProps) {
  const [day = "", time = ""] = value ? wallOf(value).split("T") : [];
  const take = (nextDay: string, nextTime: string) => onChange(momentOf(`${nextDay}T${nextTime}`));
  return (
    <Input.Wrapper {...rest} label={label} labelElement="div">
      <Group gap="xs" wrap="nowrap" align="flex-start" role="group" aria-label={label ?? rest["aria-label"]}>
        <DayInput
          aria-label={t("web.moment.day")}
          autoFocus={autoFocus}
          flex={1}
          miw={0}
          value={day || null}
          clearable={clearable}
          onChange={(next) => (next ? take(String(next), time || USUAL) : onChange(null))}
        />
        <DraftText
          aria-label={t("web.moment.time")}
          w={80}
          flex="none"
          read={timeOf}
          disabled={!day}
          value={time}
          onChange={(next) => next && take(day, next)}
        />
      </Group>
    </Input.Wrapper>
  );
}
