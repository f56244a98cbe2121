// What a step asks for in words: the answer, what it lacks, why the request is not needed any more.
import { Button, Group, Textarea } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { Refusal, said } from "@/api/http";
import { useDraft } from "@/core/draft";
import { t } from "@/core/words";
import { type Asked, useSteps } from "@/features/requests/useSteps";
import { Dialog } from "@/ui/Dialog";

const steps = {
  answer: { state: "answered", field: "answer", most: 4000 },
  receive: { state: "answered", field: "answer", most: 4000 },
  return: { state: "taken", field: "reason", most: 500 },
  cancel: { state: "cancelled", field: "reason", most: 500 },
} as const;

export type Said = keyof typeof steps;

interface Props {
  request: Asked;
  as: Said;
  /** What was answered before, to be bettered. */
  begun?: string;
  close: () => void;
}

export function SayDialog({ request, as, begun = "", close }: Props) {
  const { state, field, most } = steps[as];
  const { step } = useSteps();
  const [draft, setDraft] = useDraft<string>(`request.${request.id}.${as}`);
  const [refused, setRefused] = useState("");
  const text = draft ?? begun;
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setRefused("");
    try {
      const values = { state, [field]: text.trim() || null };
      await step.mutateAsync({ request, values, told: t(`web.request.${as}_told`) });
      setDraft(undefined);
      close();
    } catch (error) {
      setRefused((error instanceof Refusal && error.of(field)[0]) || said(error));
    }
  };
  return (
    <Dialog onClose={close} title={t(`web.request.${as}_title`)}>
      <form onSubmit={(event) => void submit(event)} noValidate>
        <Textarea
          label={t(`web.request.${as}_label`)}
          value={text}
          onChange={(event) => setDraft(event.currentTarget.value)}
          onKeyDown={(event) => {
            if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) event.currentTarget.form?.requestSubmit();
          }}
          error={refused}
          maxLength={most}
          autosize
          minRows={4}
          autoFocus
        />
        <Group justify="flex-end" mt="lg">
          <Button variant="default" onClick={() => (setDraft(undefined), close())}>
            {t("web.cancel")}
          </Button>
          <Button type="submit" loading={step.isPending}>
            {t(`web.request.${as}`)}
          </Button>
        </Group>
      </form>
    </Dialog>
  );
}
