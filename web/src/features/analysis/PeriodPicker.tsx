// A period: one of those people mean, or two days.
import { Button, Group, Stack } from "@mantine/core";
import { useState } from "react";
import Calendar from "icons/IconCalendar.mjs";
import { monthsAfter } from "@/core/day";
import { t } from "@/core/words";
import { daysInWords, nameOf, type Period } from "@/features/analysis/periods";
import { DayInput } from "@/fields/widgets";
import { Pop } from "@/ui/Pop";

interface Props {
  label: string;
  options: Period[];
  /** What is set; empty: the usual. */
  from?: string;
  to?: string;
  /** The days the answer really speaks of. */
  shown?: { from: string; to: string };
  prefix?: string;
  onChange: (from: string, to: string) => void;
}

/* An answer may look further back than the usual twelve months: then its days speak for themselves. */
const isThat = (period: Period, shown: { from: string; to: string }) =>
  Boolean(period.from) || monthsAfter(shown.from, 12).slice(0, 7) >= shown.to.slice(0, 7);

export function PeriodPicker({ label, options, from = "", to = "", shown, prefix, onChange }: Props) {
  const [open, setOpen] = useState(false);
  const pick = (period: Period) => {
    onChange(period.from, period.to);
    setOpen(false);
  };
  const chosen = options.find((period) => period.from === from && period.to === to);
  const days = shown ? daysInWords(shown.from, shown.to) : daysInWords(from, to);
  const text = !chosen ? days : !shown ? nameOf(chosen) : isThat(chosen, shown) ? `${nameOf(chosen)}: ${days}` : days;
  return (
    <Pop
      opened={open}
      onClose={() => setOpen(false)}
      target={
        <Button
          variant="default"
          leftSection={<Calendar size={16} />}
          aria-label={`${label}: ${text}`}
          onClick={() => setOpen(!open)}
        >
          {prefix ? `${prefix} ${text}` : text}
        </Button>
      }
    >
      <Stack gap={2}>
        {options.map((period) => (
          <Button
            key={period.key}
            variant={period === chosen ? "light" : "subtle"}
            color={period === chosen ? "blue" : "gray"}
            size="compact-md"
            justify="flex-start"
            onClick={() => pick(period)}
          >
            {nameOf(period)}
          </Button>
        ))}
      </Stack>
      <Group gap="xs" mt="xs" wrap="nowrap" align="end">
        <DayInput
          label={t("web.period.from")}
          value={from || shown?.from || null}
          onChange={(value) => onChange(String(value ?? ""), to || shown?.to || "")}
          w={150}
        />
        <DayInput
          label={t("web.period.to")}
          value={to || shown?.to || null}
          onChange={(value) => onChange(from || shown?.from || "", String(value ?? ""))}
          w={150}
        />
      </Group>
    </Pop>
  );
}
