// On a request's card: where it stands, until when, and the one step that is next for the reader.
import { Button, Group } from "@mantine/core";
import { useState } from "react";
import type { Saved } from "@/api/shapes";
import { useEntity } from "@/api/useMeta";
import { useRecord } from "@/api/useRecord";
import { mayHere, useSession } from "@/api/useSession";
import { moment } from "@/core/day";
import { t } from "@/core/words";
import { Due } from "@/features/requests/Due";
import { type Said, SayDialog } from "@/features/requests/SayDialog";
import { useSteps } from "@/features/requests/useSteps";
import css from "@/features/requests/Requests.module.css";

export function StepBar({ request }: { request: Saved }) {
  const session = useSession();
  const { take, accept, step } = useSteps();
  const [saying, setSaying] = useState<Said | null>(null);
  const kind = useRecord("request_kind", Number(request.kind_id)).data;
  const hands = Boolean(kind?.hands_over);
  const state = String(request.state);
  const label = useEntity("request")
    ?.fields.find(({ name }) => name === "state")
    ?.options?.find(({ key }) => key === state)?.label;
  const editable = mayHere(session, "request", request, "change") && !request.archived_at;
  const author = request.author_id === session.user.id;
  const open = state === "waiting" || state === "taken";
  /* Who only asked it does not answer it himself; whoever else may change it answers for the service. */
  const answers = !author || request.performer_id === session.user.id;
  const accepts = author || request.performer_id !== session.user.id;
  const say = (as: Said, primary?: boolean) => (
    <Button variant={primary ? undefined : "default"} onClick={() => setSaying(as)}>
      {t(`web.request.${as}`)}
    </Button>
  );
  return (
    <div className={css.bar} data-state={state}>
      <p className={css.what}>{String(request.what ?? "")}</p>
      <Group gap="sm" justify="space-between">
        <span className={css.standing}>
          <b>{label}</b>
          <Due state={state} due={request.due_at ? String(request.due_at) : null} />
          {Boolean(request.escalated_id) && open && (
            <span>{t("web.request.before", { name: request._titles?.escalated_id?.title ?? "" })}</span>
          )}
        </span>
        {editable && (
          <Group gap="xs">
            {state === "waiting" && answers && (
              <Button loading={step.isPending} onClick={() => take(request, session.user.id)}>
                {t("web.request.take")}
              </Button>
            )}
            {open && answers && kind && say(hands ? "receive" : "answer", state === "taken")}
            {state === "answered" && accepts && (
              <>
                <Button loading={step.isPending} onClick={() => accept(request)}>
                  {t(hands ? "web.request.seen" : "web.request.accept")}
                </Button>
                {!hands && say("return")}
              </>
            )}
            {open && say("cancel")}
          </Group>
        )}
      </Group>
      {Boolean(request.checked) && (
        <ul className={css.checked} aria-label={t("request.checked")}>
          {String(request.checked)
            .split("\n")
            .map((line) => (
              <li key={line}>{line}</li>
            ))}
        </ul>
      )}
      {Boolean(request.reason) && <p className={css.reason}>{String(request.reason)}</p>}
      {Boolean(request.answer) && (
        <div className={css.answer}>
          <b>{t("request.answer")}</b>
          {Boolean(request.answered_at) && <span>{moment(String(request.answered_at))}</span>}
          <p>{String(request.answer)}</p>
        </div>
      )}
      {saying && (
        <SayDialog
          request={request}
          as={saying}
          begun={
            saying === "receive" ? t("web.request.received") : saying === "answer" ? String(request.answer ?? "") : ""
          }
          close={() => setSaying(null)}
        />
      )}
    </div>
  );
}
