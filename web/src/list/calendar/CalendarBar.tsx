// Going to and fro in a calendar, and how much of it is seen.
import { ActionIcon, Button, SegmentedControl } from "@mantine/core";
import ChevronLeft from "icons/IconChevronLeft.mjs";
import ChevronRight from "icons/IconChevronRight.mjs";
import { today } from "@/core/day";
import { t } from "@/core/words";
import { rangeInWords, type Span, spans, stepped } from "@/list/calendar/span";
import css from "@/list/calendar/Calendar.module.css";

interface Props {
  at: string;
  span: Span;
  onPlace: (at: string, span: Span) => void;
}

export function CalendarBar({ at, span, onPlace }: Props) {
  return (
    <div className={css.bar}>
      <div className={css.steps}>
        <ActionIcon
          variant="default"
          size="lg"
          aria-label={t("web.days.back")}
          onClick={() => onPlace(stepped(span, at, -1), span)}
        >
          <ChevronLeft size={18} />
        </ActionIcon>
        <Button variant="default" size="sm" onClick={() => onPlace(today(), span)}>
          {t("web.days.today")}
        </Button>
        <ActionIcon
          variant="default"
          size="lg"
          aria-label={t("web.days.on")}
          onClick={() => onPlace(stepped(span, at, 1), span)}
        >
          <ChevronRight size={18} />
        </ActionIcon>
      </div>
      <b className={css.range} aria-live="polite">
        {rangeInWords(span, at)}
      </b>
      <SegmentedControl
        size="sm"
        aria-label={t("web.days.span")}
        value={span}
        onChange={(next) => onPlace(at, next as Span)}
        data={spans.map((each) => ({ value: each, label: t(`web.days.${each}`) }))}
        transitionDuration={0}
      />
    </div>
  );
}
