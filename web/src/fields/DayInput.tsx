// A day, typed as people type it or picked from a calendar in the reader's language.
import "@mantine/dates/styles.css";
import "dayjs/locale/ru";
import { DateInput, type DateInputProps, DatesProvider } from "@mantine/dates";
import { typedDay } from "@/core/day";
import { spoken, t } from "@/core/words";
import type { Value } from "@/api/shapes";

interface Props extends Omit<DateInputProps, "value" | "onChange"> {
  value: string | null;
  onChange: (value: Value) => void;
}

export default function DayInput({ value, onChange, ...rest }: Props) {
  const ru = spoken() === "ru";
  return (
    <DatesProvider settings={{ locale: spoken(), firstDayOfWeek: 1 }}>
      <DateInput
        {...rest}
        value={value}
        onChange={onChange}
        dateParser={typedDay}
        valueFormat={ru ? "DD.MM.YYYY" : "D MMM YYYY"}
        placeholder={t("web.field.day_hint")}
        clearable
        clearButtonProps={{ "aria-label": t("web.clear") }}
        ariaLabels={{ nextMonth: t("web.field.next_month"), previousMonth: t("web.field.previous_month") }}
        popoverProps={{ transitionProps: { duration: 0 } }}
      />
    </DatesProvider>
  );
}
