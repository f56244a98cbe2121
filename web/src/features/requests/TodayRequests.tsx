// On Today: requests that wait for the reader, each with its one button: take, answer, accept; and those that are late
// and have come before him.
import { Button } from "@mantine/core";
import { useState } from "react";
import { Link } from "wouter";
import { may, useSession } from "@/api/useSession";
import { t } from "@/core/words";
import { Due } from "@/features/requests/Due";
import { type Said, SayDialog } from "@/features/requests/SayDialog";
import { type TodayRequest, useRequestsToday } from "@/features/requests/useRequestsToday";
import { useSteps } from "@/features/requests/useSteps";
import { Section } from "@/record/Section";
import css from "@/features/requests/Requests.module.css";

export default function TodayRequests() {
  const { data } = useRequestsToday();
  const [saying, setSaying] = useState<{ as: Said; line: TodayRequest } | null>(null);
  if (!data?.lines.length) return null;
  return (
    <Section title={t("web.place.requests")} aside={<Link href="/requests">{t("web.request.all")}</Link>}>
      <ul className={css.list}>
        {data.lines.map((line) => (
          <Line key={line.id} line={line} say={(as) => setSaying({ as, line })} />
        ))}
      </ul>
      {saying && (
        <SayDialog
          request={saying.line}
          as={saying.as}
          begun={
            saying.as === "receive"
              ? t("web.request.received")
              : saying.as === "answer"
                ? (saying.line.answer ?? "")
                : ""
          }
          close={() => setSaying(null)}
        />
      )}
    </Section>
  );
}

function Line({ line, say }: { line: TodayRequest; say: (as: Said) => void }) {
  const session = useSession();
  const { take, accept } = useSteps();
  const changes = may(session, "request", "change");
  const answer = line.hands_over ? "receive" : "answer";
  const deed = {
    waiting: { label: t("web.request.take"), run: () => take(line, session.user.id) },
    mine: { label: t(`web.request.${answer}`), run: () => say(answer) },
    answered: { label: t(line.hands_over ? "web.request.seen" : "web.request.accept"), run: () => accept(line) },
    escalated: null,
  }[line.why];
  return (
    <li className={css.line} data-why={line.why}>
      <Link href={`/requests/${line.id}`}>{line.subject ?? line.kind}</Link>
      {line.client && <b>{line.client.title}</b>}
      <Due state={line.state} due={line.due_at} />
      <span>{who(line)}</span>
      <p>{(line.why === "answered" && line.answer) || line.what}</p>
      {line.reason && <p className={css.reason}>{line.reason}</p>}
      {changes && deed && (
        <span className={css.deeds}>
          <Button variant="light" onClick={deed.run}>
            {deed.label}
          </Button>
          {line.why === "waiting" && (
            <Button variant="subtle" onClick={() => say(answer)}>
              {t(`web.request.${answer}`)}
            </Button>
          )}
          {line.why === "answered" && !line.hands_over && (
            <Button variant="subtle" onClick={() => say("return")}>
              {t("web.request.return")}
            </Button>
          )}
        </span>
      )}
    </li>
  );
}

function who(line: TodayRequest) {
  if (line.why === "escalated")
    return line.performer ? t("web.request.held_by", { name: line.performer.title }) : t("web.request.nobody_took");
  return line.author ? t("web.request.from", { name: line.author.title }) : null;
}
