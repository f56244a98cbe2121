// What a condition compares with: a value, whoever asks or his team, or a day by the clock.
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

function Given({ field, value, title, onChange, autoFocus }: Props) {
  const plain: Field = { ...field, required: false, max: undefined };
  return (
    <FieldInput
      bare
      field={field.type === "moment" ? { ...plain, type: "day" } : plain}
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
/* given; today; so many days ago or ahead; an anchor */
function whenOf(value: Operand) {
  if (!isForm(value) || !("day" in value)) return "given";
  if (value.day === "0") return "today";
  if (!Number.isInteger(Number(value.day))) return value.day;
  return Number(value.day) < 0 ? "ago" : "ahead";
}

function DayOperand(props: Props) {
  const { value, onChange } = props;
  const when = whenOf(value);
  const days = isForm(value) && "day" in value ? Math.abs(Number(value.day)) : 0;
  const choose = (next: string | null) => {
    if (next === "given") onChange(null);
    else if (next === "today") onChange({ day: "0" });
    else if (next === "ago") onChange({ day: "-14" });
    else if (next === "ahead") onChange({ day: "7" });
    else if (next) onChange({ day: next });
  };
  const known = [...ways, ...anchors];
  return (
    <Stack gap="xs">
      <Select
        aria-label={t("web.filter.when")}
        value={when}
        onChange={choose}
        data={[...known, ...(known.includes(when) ? [] : [when])].map((each) => ({
          value: each,
          label: ways.includes(each) ? t(`web.filter.when_is.${each}`) : dayInWords(each),
        }))}
        allowDeselect={false}
      />
      {when === "given" && <Given {...props} />}
      {(when === "ago" || when === "ahead") && (
        <NumberInput
          aria-label={t("web.filter.days")}
          suffix={` ${t("web.filter.days_short")}`}
          min={1}
          max={3660}
          allowDecimal={false}
          value={days}
          onChange={(next) => {
            const n = Math.round(Math.abs(Number(next)));
            if (n) onChange({ day: String(when === "ago" ? -n : n) });
          }}
        />
      )}
    </Stack>
  );
}
