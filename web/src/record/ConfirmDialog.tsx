// "Save anyway?": what is odd about a save, with a door to the record it is about, and a reason where one is wanted.
import { Button, Group, Textarea } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { type Asked, asked } from "@/api/confirming";
import { inWords } from "@/api/http";
import type { Problem } from "@/api/shapes";
import { useSignal } from "@/core/signal";
import { t } from "@/core/words";
import { cardPath } from "@/list/door";
import { WayDialog } from "@/record/WayDialog";
import { Dialog } from "@/ui/Dialog";

export default function ConfirmDialog() {
  const [first] = useSignal(asked);
  if (!first) return null;
  const key = first.problems.map(inWords).join();
  return first.move ? <WayDialog key={key} {...first} move={first.move} /> : <Asking key={key} {...first} />;
}

function Asking({ problems, answer }: Asked) {
  const [reason, setReason] = useState("");
  const [missing, setMissing] = useState(false);
  const why = problems.some((problem) => problem.needs_reason);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    event.stopPropagation(); /* a form around the dialog is not what is sent */
    if (why && !reason.trim()) setMissing(true);
    else answer(reason.trim());
  };
  return (
    <Dialog onClose={() => answer(null)} title={t("web.confirm.title")}>
      <form onSubmit={submit} noValidate>
        {problems.map((problem) => (
          <Said key={problem.key} problem={problem} />
        ))}
        {why && (
          <Textarea
            label={t("web.confirm.reason")}
            required
            withAsterisk={false}
            autosize
            minRows={2}
            maxLength={1000}
            value={reason}
            error={missing && !reason.trim() ? t("web.confirm.needs_reason") : undefined}
            onChange={(event) => setReason(event.currentTarget.value)}
            data-autofocus
          />
        )}
        <Group justify="flex-end" mt="md">
          <Button variant="default" onClick={() => answer(null)}>
            {t("web.confirm.back")}
          </Button>
          <Button type="submit" data-autofocus={why ? undefined : true}>
            {t("web.confirm.save")}
          </Button>
        </Group>
      </form>
    </Dialog>
  );
}

interface Named {
  entity: string;
  id: number;
}

const isNamed = (value: unknown): value is Named => typeof value === "object" && value !== null && "entity" in value;

/* The other record opens beside, so that what has been typed stays. */
function Said({ problem }: { problem: Problem }) {
  return (
    <p>
      {inWords(problem)}.{" "}
      {Object.values(problem)
        .filter(isNamed)
        .map(({ entity, id }) => (
          <a key={id} href={cardPath(entity, id)} target="_blank" rel="noreferrer">
            {t("web.confirm.look")}
          </a>
        ))}
    </p>
  );
}
