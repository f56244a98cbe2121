// The days of a year that are not as the usual week has them, and what the firm says itself of a day, or one of its
// units: a holiday of one office.
import { Button, Select } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { said } from "@/api/http";
import type { Title } from "@/api/shapes";
import { may, useSession } from "@/api/useSession";
import { dayInWords } from "@/core/day";
import { whole } from "@/core/number";
import { t, tn } from "@/core/words";
import { type Calendar, type DayKind, useCalendar, useDayChange } from "@/features/settings/useCalendar";
import { DraftText, wholeOf } from "@/fields/DraftText";
import { RefSelect } from "@/fields/RefSelect";
import { DayInput } from "@/fields/widgets";
import { Section } from "@/record/Section";
import { tellBad, tellDone } from "@/ui/toasts";
import me from "@/features/settings/Me.module.css";
import css from "@/features/settings/Schedule.module.css";

const yearOf = wholeOf(1900, 2198);
const sum = (calendar: Calendar, of: "workdays" | "minutes") =>
  calendar.months.reduce((all, month) => all + month[of], 0);

export function WorkDays() {
  const [year, setYear] = useState<number | undefined>();
  const [unit, setUnit] = useState<Title | null>(null);
  const session = useSession();
  const { data } = useCalendar(year, unit?.id);
  const change = useDayChange();
  if (!data) return null;
  const say = (day: string, kind: DayKind) =>
    change.mutate(
      { day, kind, ...(unit && { unit: unit.id }) },
      { onSuccess: () => tellDone(t("web.record.saved")), onError: (error) => tellBad(said(error)) },
    );
  return (
    <Section title={t("web.calendar.days")}>
      <div className={me.lines}>
        <p className={me.note}>
          {tn("web.calendar.of_year", sum(data, "workdays"), {
            hours: whole(Math.round(sum(data, "minutes") / 60)),
            year: data.year,
          })}
        </p>
        <DraftText
          label={t("web.calendar.year")}
          w={120}
          read={yearOf}
          value={String(year ?? data.year)}
          onChange={(next) => setYear(Number(next))}
        />
        {may(session, "unit", "view") && (
          <RefSelect
            entity="unit"
            label={t("web.calendar.unit")}
            placeholder={t("web.calendar.whole_firm")}
            clearable
            value={unit?.id ?? null}
            title={unit ?? undefined}
            onChange={setUnit}
          />
        )}
        <ul className={css.days}>
          {data.days.map(({ day, kind, own }) => (
            <li key={day}>
              <span>
                {dayInWords(day)}: {t(`web.calendar.kind.${kind}`)}
              </span>
              {own && (
                <Button size="compact-xs" variant="subtle" onClick={() => say(day, "usual")}>
                  {t("web.calendar.take_back")}
                </Button>
              )}
            </li>
          ))}
        </ul>
        <NewDay say={say} />
      </div>
    </Section>
  );
}

function NewDay({ say }: { say: (day: string, kind: DayKind) => void }) {
  const [day, setDay] = useState<string | null>(null);
  const [kind, setKind] = useState<DayKind>("off");
  const save = (event: FormEvent) => {
    event.preventDefault();
    if (day) say(day, kind);
    setDay(null);
  };
  return (
    <form onSubmit={save} className={css.line}>
      <DayInput
        label={t("web.calendar.day")}
        value={day}
        onChange={(next) => setDay(typeof next === "string" ? next : null)}
      />
      <Select
        label={t("web.calendar.is")}
        allowDeselect={false}
        data={(["off", "work", "short"] as const).map((key) => ({ value: key, label: t(`web.calendar.kind.${key}`) }))}
        value={kind}
        onChange={(next) => next && setKind(next as DayKind)}
      />
      <Button type="submit" disabled={!day}>
        {t("web.calendar.set")}
      </Button>
    </form>
  );
}
