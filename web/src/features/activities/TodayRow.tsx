// A line of Today: what, with whom, why now, and one button; opened it shows what was said before, and the form that
// ends it.
import { Button } from "@mantine/core";
import { type ReactNode, useEffect, useRef, useState } from "react";
import { Link } from "wouter";
import ChevronDown from "icons/IconChevronDown.mjs";
import ChevronRight from "icons/IconChevronRight.mjs";
import Phone from "icons/IconPhone.mjs";
import { said } from "@/api/http";
import { may, useSession } from "@/api/useSession";
import { dialled } from "@/core/phone";
import { sentence, t } from "@/core/words";
import { ChannelIcon } from "@/features/activities/ChannelIcon";
import { type Closable, CloseForm } from "@/features/activities/CloseForm";
import { LastResults } from "@/features/activities/LastResults";
import type { TodayLine } from "@/features/activities/types";
import { useDeeds } from "@/features/activities/useDeeds";
import { cardPath } from "@/list/door";
import { tellBad } from "@/ui/toasts";
import css from "@/features/activities/TodayRow.module.css";

interface Props {
  line: TodayLine;
  open: boolean;
  /** It has come up because the one before is done: what to begin with gets the focus. */
  next: boolean;
  toggle: () => void;
  /** A client that is offered is planned for. */
  plan: () => void;
  done: () => void;
}

const closable = (line: TodayLine): Closable | null =>
  line.id !== null && line.version !== null && !line.queued ? { ...line, id: line.id, version: line.version } : null;

const isDialled = (line: TodayLine) => line.channel === "call" && line.phones.length > 0;

export function TodayRow({ line, open, next, toggle, plan, done }: Props) {
  const row = useRef<HTMLLIElement>(null);
  useEffect(() => {
    if (next) row.current?.querySelector<HTMLElement>("[data-first]")?.focus();
  }, [next]);
  const [closing, setClosing] = useState(false);
  const what = line.subject ?? line.kind?.title ?? t("web.today.agree");
  return (
    <li ref={row} className={css.row} data-band={line.band} data-open={open || undefined}>
      <div className={css.line}>
        <button
          type="button"
          className={css.what}
          aria-expanded={open}
          data-row
          onClick={() => (setClosing(false), toggle())}
        >
          <span className={css.icon}>
            <ChannelIcon channel={line.channel} />
          </span>
          <span className={css.names}>
            <b>{line.client ? line.client.title : what}</b>
            {line.client && <span>{[what, line.aim?.title].filter(Boolean).join(" · ")}</span>}
            {line.person && <span>{line.person.title}</span>}
            {line.place && <span>{line.place}</span>}
            {line.for && <span>{t("web.today.for", { name: line.for.title })}</span>}
          </span>
          <span className={css.reason}>{sentence(line.reason)}</span>
          {open ? <ChevronDown size={16} aria-hidden /> : <ChevronRight size={16} aria-hidden />}
        </button>
        <Deed line={line} open={open} toggle={toggle} plan={plan} end={() => (setClosing(true), toggle())} />
      </div>
      {open && <Inside line={line} done={done} closing={closing || (next && !isDialled(line))} />}
    </li>
  );
}

/* The one button of the line. */
function Deed({
  line,
  open,
  toggle,
  plan,
  end,
}: Pick<Props, "line" | "open" | "toggle" | "plan"> & { end: () => void }) {
  const session = useSession();
  const { change } = useDeeds();
  const phone = line.phones[0];
  if (line.id === null) return may(session, "activity", "add") ? <One run={plan}>{t("web.today.plan")}</One> : null;
  if (!may(session, "activity", "change")) return null;
  if (line.queued)
    return (
      <One
        run={() =>
          change.mutate(
            {
              id: line.id ?? 0,
              version: line.version ?? 0,
              values: { performer_id: session.user.id },
              back: { performer_id: null },
              told: t("web.today.taken"),
            },
            { onError: (error) => tellBad(said(error)) },
          )
        }
      >
        {t("web.today.take")}
      </One>
    );
  if (line.channel === "call" && phone)
    return (
      <Button
        component="a"
        href={dialled(phone)}
        className={css.deed}
        leftSection={<Phone size={16} aria-hidden />}
        data-first
        onClick={() => !open && toggle()}
      >
        {t("web.today.call")}
      </Button>
    );
  return open ? null : <One run={end}>{t("web.today.close")}</One>;
}

function One({ run, children }: { run: () => void; children: ReactNode }) {
  return (
    <Button variant="light" className={css.deed} data-first onClick={run}>
      {children}
    </Button>
  );
}

function Inside({ line, done, closing: focus }: Pick<Props, "line" | "done"> & { closing: boolean }) {
  const session = useSession();
  const closing = closable(line);
  return (
    <div className={css.inside}>
      {closing && may(session, "activity", "change") && <CloseForm line={closing} onDone={done} focus={focus} />}
      <div className={css.beside}>
        <div className={css.doors}>
          {line.client && <Link href={cardPath("client", line.client.id)}>{t("web.today.client_card")}</Link>}
          {line.id !== null && <Link href={cardPath("activity", line.id)}>{t("web.today.activity_card")}</Link>}
          {line.phones.map((number) => (
            <a key={number} href={dialled(number)}>
              {number}
            </a>
          ))}
        </div>
        {line.client && <LastResults client={line.client.id} />}
      </div>
    </div>
  );
}
