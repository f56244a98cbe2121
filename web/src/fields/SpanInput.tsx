// How long after something: a number and its unit.
import { Group, Input, Select } from "@mantine/core";
import type { KeyboardEventHandler, ReactNode } from "react";
import { SPAN_MOST, type SpanUnit, spanParts, spanUnits } from "@/core/rhythm";
import { t } from "@/core/words";
import { DraftText, wholeOf } from "@/fields/DraftText";
import type { Value } from "@/api/shapes";

const lengthOf = wholeOf(-SPAN_MOST, SPAN_MOST);

export interface CalendarProps {
  value: string | null;
  onChange: (value: Value) => void;
  label?: string;
  "aria-label"?: string;
  error?: ReactNode;
  clearable?: boolean;
  withAsterisk?: boolean;
  autoFocus?: boolean;
  onKeyDown?: KeyboardEventHandler;
}

export default function SpanInput({ value, onChange, label, clearable, autoFocus, ...rest }: CalendarProps) {
  const span = value ? spanParts(value) : null;
  const take = (n: number, unit: SpanUnit) => onChange(`${n} ${unit}`);
  return (
    <Input.Wrapper {...rest} label={label} labelElement="div">
      <Group gap="xs" wrap="nowrap" role="group" aria-label={label ?? rest["aria-label"]}>
        <DraftText
          aria-label={t("web.span.number")}
          autoFocus={autoFocus}
          w={110}
          read={(text) => (clearable && !text.trim() ? "" : lengthOf(text))}
          value={span ? String(span.n) : ""}
          onChange={(n) => (n ? take(Number(n), span?.unit ?? "d") : onChange(null))}
        />
        <Select
          aria-label={t("web.span.unit")}
          allowDeselect={false}
          data={spanUnits.map((unit) => ({ value: unit, label: t(`web.span.unit.${unit}`) }))}
          value={span?.unit ?? "d"}
          comboboxProps={{ transitionProps: { duration: 0 } }}
          onChange={(unit) => unit && take(span?.n ?? 1, unit as SpanUnit)}
        />
      </Group>
    </Input.Wrapper>
  );
}
