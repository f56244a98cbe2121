// What a condition compares with: a value, whoever asks or his team, a day or, of a moment, also an hour by the clock.
import { useState } from "react";
import { NumberInput, Select, Stack } from "@mantine/core";
import type { Field, Operand, Title, Value } from "@/api/shapes";
import { t } from "@/core/words";
import { FieldInput } from "@/fields/FieldInput";
import { isForm } from "@/list/conditions";
import { dayInWords } from "@/list/sentence";

interface Props {
  field: Field;
  value: Operand;
  title?: Title;
  onChange: (value: Operand, title?: Title) => void;
  autoFocus?: boolean;
}

const anchors = ["week", "month", "quarter", "year"].map((each) => `${each}.start`);

export function OperandInput(props: Props) {
  const { field } = props;
  if (field.type === "day" || field.type === "moment") return <DayOperand {...props} />;
  if (field.type === "ref" && field.to === "user") return <PersonOperand {...props} />;
  return <Given {...props} />;
}

function Given({ field, value, title, onChange, autoFocus, toTheMinute }: Props & { toTheMinute?: boolean }) {
  const plain: Field = { ...field, required: false, max: undefined };
  return (
    <FieldInput
      bare
      field={field.type === "moment" && !toTheMinute ? { ...plain, type: "day" } : plain}
      value={isForm(value) ? null : (value as Value)}
      title={title}
      onChange={onChange}
      autoFocus={autoFocus}
    />
  );
}

function PersonOperand(props: Props) {
  const { value, onChange } = props;
  const who = isForm(value) ? ("me" in value ? "me" : "team") : "given";
  return (
    <Stack gap="xs">
      <Select
        aria-label={t("web.filter.who")}
        value={who}
        onChange={(next) => onChange(next === "me" ? { me: 1 } : next === "team" ? { team: 1 } : null)}
        data={["me", "team", "given"].map((each) => ({ value: each, label: t(`web.filter.who_is.${each}`) }))}
        allowDeselect={false}
      />
      {who === "given" && <Given {...props} />}
    </Stack>
  );
}

const ways = ["given", "today", "ago", "ahead"];
const hourly = ["at", "now", "hours_ago", "hours_ahead"];
const LONGEST = 3660;

/* given; a day and an hour; today, now; so many days or hours ago or ahead; an anchor */
function whenOf(value: Operand) {
  if (!isForm(value)) return typeof value === "string" && value.includes("T") ? "at" : "given";
  if ("now" in value) return value.now === "0" ? "now" : value.now.startsWith("-") ? "hours_ago" : "hours_ahead";
  if (!("day" in value)) return "given";
  if (value.day === "0") return "today";
  if (!Number.isInteger(Number(value.day))) return value.day;
  return Number(value.day) < 0 ? "ago" : "ahead";
}

const first: Record<string, Operand> = {
  today: { day: "0" },
  ago: { day: "-14" },
  ahead: { day: "7" },
  now: { now: "0" },
  hours_ago: { now: "-4 h" },
  hours_ahead: { now: "4 h" },
};

function DayOperand(props: Props) {
  const { field, value, onChange } = props;
  const [toTheMinute, setToTheMinute] = useState(whenOf(value) === "at");
  const found = whenOf(value);
  const when = found === "given" && toTheMinute ? "at" : found;
  const known = [...ways, ...(field.type === "moment" ? hourly : []), ...anchors];
  const choose = (next: string | null) => {
    if (!next) return;
    setToTheMinute(next === "at");
    onChange(next === "given" || next === "at" ? null : (first[next] ?? { day: next }));
  };
  return (
    <Stack gap="xs">
      <Select
        aria-label={t("web.filter.when")}
        value={when}
        onChange={choose}
        data={[...known, ...(known.includes(when) ? [] : [when])].map((each) => ({
          value: each,
          label: ways.includes(each) || hourly.includes(each) ? t(`web.filter.when_is.${each}`) : dayInWords(each),
        }))}
        allowDeselect={false}
      />
      {(when === "given" || when === "at") && <Given key={when} {...props} toTheMinute={when === "at"} />}
      {(when === "ago" || when === "ahead") && (
        <HowMany
          of="days"
          n={isForm(value) && "day" in value ? Math.abs(Number(value.day)) : 0}
          onChange={(n) => onChange({ day: String(when === "ago" ? -n : n) })}
        />
      )}
      {(when === "hours_ago" || when === "hours_ahead") && (
        <HowMany
          of="hours"
          n={isForm(value) && "now" in value ? Math.abs(parseInt(value.now.replace("+", ""))) : 0}
          onChange={(n) => onChange({ now: `${when === "hours_ago" ? "-" : ""}${n} h` })}
        />
      )}
    </Stack>
  );
}

function HowMany({ of, n, onChange }: { of: "days" | "hours"; n: number; onChange: (n: number) => void }) {
  return (
    <NumberInput
      aria-label={t(`web.filter.${of}`)}
      suffix={` ${t(`web.filter.${of}_short`)}`}
      min={1}
      max={LONGEST}
      allowDecimal={false}
      value={n}
      onChange={(next) => {
        const whole = Math.round(Math.abs(Number(next)));
        if (whole) onChange(whole);
      }}
    />
  );
}
