// A rhythm, put together from its parts: what kind, which days, at what time.
import { Chip, Group, Input, Select } from "@mantine/core";
import {
  hasTime,
  numberMost,
  type Rhythm,
  rhythmKinds,
  rhythmParts,
  rhythmText,
  rhythmWords,
  usualRhythm,
  type Weekday,
  weekdays,
} from "@/core/rhythm";
import { t } from "@/core/words";
import { DraftText, timeOf, wholeOf } from "@/fields/DraftText";
import type { CalendarProps } from "@/fields/SpanInput";

export default function RhythmInput({ value, onChange, label, clearable, autoFocus, ...rest }: CalendarProps) {
  const parts = value ? rhythmParts(value) : null;
  const take = (change: Partial<Rhythm>) => {
    const next = { ...(parts ?? usualRhythm), ...change };
    onChange(rhythmText({ ...next, week: next.week.length ? next.week : usualRhythm.week }));
  };
  const most = parts ? numberMost(parts.kind) : undefined;
  return (
    <Input.Wrapper {...rest} label={label} labelElement="div" description={value ? rhythmWords(value) : undefined}>
      <Group gap="xs" align="end" role="group" aria-label={label ?? rest["aria-label"]}>
        <Select
          aria-label={t("web.rhythm.kind")}
          autoFocus={autoFocus}
          data={rhythmKinds.map((kind) => ({ value: kind, label: t(`web.rhythm.kind.${kind}`) }))}
          value={parts?.kind ?? null}
          clearable={clearable}
          clearButtonProps={{ "aria-label": t("web.clear") }}
          comboboxProps={{ transitionProps: { duration: 0 } }}
          onChange={(kind) => (kind ? take({ kind: kind as Rhythm["kind"], n: 1 }) : onChange(null))}
        />
        {parts && most && (
          <DraftText
            aria-label={t("web.rhythm.number")}
            w={90}
            read={wholeOf(1, most)}
            value={String(parts.n)}
            onChange={(n) => take({ n: Number(n) })}
          />
        )}
        {parts?.kind === "yearly" && <Date parts={parts} take={take} />}
        {parts && hasTime(parts.kind) && (
          <DraftText
            aria-label={t("web.rhythm.time")}
            w={90}
            read={timeOf}
            value={parts.time}
            onChange={(time) => take({ time })}
          />
        )}
      </Group>
      {parts?.kind === "weekly" && (
        <Chip.Group multiple value={parts.week} onChange={(week) => week.length && take({ week: week as Weekday[] })}>
          <Group gap={4} mt="xs">
            {weekdays.map((day) => (
              <Chip key={day} value={day} size="xs">
                {t(`weekday.${day}`)}
              </Chip>
            ))}
          </Group>
        </Chip.Group>
      )}
    </Input.Wrapper>
  );
}

const lengths = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

function Date({ parts, take }: { parts: Rhythm; take: (change: Partial<Rhythm>) => void }) {
  const longest = lengths[parts.month - 1] ?? 31;
  return (
    <>
      <DraftText
        aria-label={t("web.rhythm.day")}
        w={80}
        read={wholeOf(1, longest)}
        value={String(parts.day)}
        onChange={(day) => take({ day: Number(day) })}
      />
      <Select
        aria-label={t("web.rhythm.month")}
        w={140}
        allowDeselect={false}
        data={lengths.map((_, i) => ({ value: String(i + 1), label: t(`month.${i + 1}`) }))}
        value={String(parts.month)}
        onChange={(month) =>
          month && take({ month: Number(month), day: Math.min(parts.day, lengths[Number(month) - 1] ?? 31) })
        }
      />
    </>
  );
}
