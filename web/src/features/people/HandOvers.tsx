// What was handed over of a person: to whom how much, how far it is, what was left out and why; with a way back.
import { Button, Progress } from "@mantine/core";
import { Link } from "wouter";
import { said } from "@/api/http";
import type { Saved } from "@/api/shapes";
import { may, mayHere, useSession } from "@/api/useSession";
import { day, moment } from "@/core/day";
import { whole } from "@/core/number";
import { t } from "@/core/words";
import { type HandOver, useGiveBack, useHandOvers, useStopHanding } from "@/features/people/useHandOver";
import { cardPath } from "@/list/door";
import { Section } from "@/record/Section";
import { tellBad } from "@/ui/toasts";
import css from "@/features/people/HandOver.module.css";

export function HandOvers({ user }: { user: Saved }) {
  const { data } = useHandOvers(user.id, mayHere(useSession(), "user", user, "hand_over"));
  if (!data?.items.length) return null;
  return (
    <Section title={t("web.hand_over.past")}>
      <ul className={css.past}>
        {data.items.map((each) => (
          <Line key={each.id} of={each} user={user} />
        ))}
      </ul>
    </Section>
  );
}

/** "Anna: clients 12, deals 5", a line each who got some. */
function sharesOf({ parts }: HandOver): { id: number; text: string }[] {
  const people = new Map(parts.map(({ user }) => [user.id, user.name]));
  return [...people].map(([id, name]) => {
    const his = parts.filter((each) => each.user.id === id);
    const kinds = his.map((each) => `${t(`entity.${each.entity}`)} ${whole(each.total - each.left)}`);
    return { id, text: `${name}: ${kinds.join(", ")}` };
  });
}

function headOf(of: HandOver): string {
  const by = of.by?.name ?? t("web.hand_over.by_itself");
  if (of.back_of) return t("web.hand_over.line_back", { at: moment(of.at), by });
  if (of.dismissed) return t("web.hand_over.line_dismissed", { at: moment(of.at), by });
  if (of.until) return t("web.hand_over.line_until", { at: moment(of.at), by, day: day(of.until) });
  return t("web.hand_over.line", { at: moment(of.at), by });
}

function Line({ of, user }: { of: HandOver; user: Saved }) {
  const back = useGiveBack(user.id);
  const stop = useStopHanding(user.id);
  const seesClients = may(useSession(), "client", "view");
  const run = (deed: typeof back) => deed.mutateAsync(of.id).catch((error: unknown) => tellBad(said(error)));
  return (
    <li>
      <div className={css.what}>
        <b>{headOf(of)}</b>
        {sharesOf(of).map(({ id, text }) => (
          <span key={id}>
            {text} {seesClients && <Link href={`/standing?whose=${id}`}>{t("web.standing.title")}</Link>}
          </span>
        ))}
        {of.state === "running" && of.total > 0 && (
          <Progress value={(1 - of.waiting / of.total) * 100} aria-label={t("web.hand_over.going")} />
        )}
        {of.state === "stopped" && <span>{t("web.hand_over.stopped", { n: whole(of.waiting) })}</span>}
        {of.back !== null && <span className={css.note}>{t("web.hand_over.is_back")}</span>}
        {of.left.map((each) => (
          <span key={each.id}>
            <Link href={cardPath(each.entity, each.id)}>{each.title}</Link> {each.text}
          </span>
        ))}
      </div>
      {of.state === "running" ? (
        <Button size="xs" variant="default" onClick={() => void run(stop)}>
          {t("web.mass.stop")}
        </Button>
      ) : (
        of.back_of === null &&
        of.back === null && (
          <Button size="xs" variant="default" loading={back.isPending} onClick={() => void run(back)}>
            {of.dismissed ? t("web.hand_over.back_dismissed") : t("web.hand_over.back")}
          </Button>
        )
      )}
    </li>
  );
}
