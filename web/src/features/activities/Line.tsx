// A line of what there was, or comes next: an activity with what came of it, a sale, a file, a change of the card.
import type { ReactNode } from "react";
import { Link } from "wouter";
import File from "icons/IconPaperclip.mjs";
import Pencil from "icons/IconPencil.mjs";
import MessageQuestion from "icons/IconMessageQuestion.mjs";
import Receipt from "icons/IconReceipt2.mjs";
import { useEntity } from "@/api/useMeta";
import { day, dayOf, moment, today } from "@/core/day";
import { money } from "@/core/number";
import { known, t } from "@/core/words";
import { ChannelIcon } from "@/features/activities/ChannelIcon";
import type { TimelineRow } from "@/features/activities/useTimeline";
import { cardPath } from "@/list/door";
import css from "@/features/activities/Line.module.css";

const verbOf = (verb: string) => (known(`web.verb.${verb}`) ? t(`web.verb.${verb}`) : verb);

export function Line({ row, number }: { row: TimelineRow; number?: ReactNode }) {
  return (
    <li className={css.row} data-state={row.state ?? undefined}>
      {number !== undefined && <span className={css.number}>{number}</span>}
      <span className={css.icon}>
        <Icon row={row} />
      </span>
      <div className={css.body}>
        {row.what === "activity" ? (
          <Activity row={row} />
        ) : row.what === "request" ? (
          <Request row={row} />
        ) : (
          <Other row={row} />
        )}
      </div>
    </li>
  );
}

function Icon({ row }: { row: TimelineRow }) {
  const Shown = { request: MessageQuestion, sale: Receipt, attachment: File, change: Pencil, activity: null }[row.what];
  return Shown ? <Shown size={16} stroke={1.7} aria-hidden /> : <ChannelIcon channel={row.channel ?? null} size={16} />;
}

function Activity({ row }: { row: TimelineRow }) {
  const entity = useEntity("activity");
  const labelOf = (name: string, key: unknown) =>
    entity?.fields.find((field) => field.name === name)?.options?.find((option) => option.key === key)?.label;
  const open = row.state === "open";
  const at = open && !row.timed ? day(dayOf(row.at)) : moment(row.at);
  const late = open && dayOf(row.at) < today();
  return (
    <>
      <div className={css.head}>
        <Link href={cardPath("activity", row.id)}>{row.subject ?? row.kind}</Link>
        <span>{at}</span>
        {late && <b className={css.late}>{t("web.activity.late")}</b>}
        {row.state !== "done" && !late && <b>{labelOf("state", row.state)}</b>}
        {row.outcome && <b>{labelOf("outcome", row.outcome)}</b>}
        {[row.aim, row.client ?? row.person, row.place, row.by].map((text, i) => text && <span key={i}>{text}</span>)}
      </div>
      {row.result && <p className={css.said}>{row.result}</p>}
    </>
  );
}

function Request({ row }: { row: TimelineRow }) {
  const label = useEntity("request")
    ?.fields.find(({ name }) => name === "state")
    ?.options?.find(({ key }) => key === row.state)?.label;
  return (
    <>
      <div className={css.head}>
        <Link href={cardPath("request", row.id)}>{row.subject ?? row.kind}</Link>
        <span>{moment(row.at)}</span>
        <b>{label}</b>
        {row.by && <span>{row.by}</span>}
      </div>
      {row.result && <p className={css.said}>{row.result}</p>}
    </>
  );
}

function Other({ row }: { row: TimelineRow }) {
  return (
    <div className={css.head}>
      {row.what === "sale" && (
        <>
          <Link href={cardPath("sale", row.id)}>{t("web.activity.a_sale", { number: String(row.number ?? "") })}</Link>
          <span>{day(row.day)}</span>
          <b>{money(row.total)}</b>
        </>
      )}
      {row.what === "attachment" && (
        <>
          <Link href={cardPath("attachment", row.id)}>{row.name ?? t("web.activity.a_file")}</Link>
          <span>{moment(row.at)}</span>
        </>
      )}
      {row.what === "change" && (
        <>
          <span>{t("web.activity.a_change", { verb: verbOf(row.verb ?? "changed") })}</span>
          <span>{moment(row.at)}</span>
        </>
      )}
      {row.by && <span>{row.by}</span>}
    </div>
  );
}
