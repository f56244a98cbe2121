// On an open finding's card: why it may be so.
import { Button, Group, Textarea } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { Refusal, call, said } from "@/api/http";
import type { Saved } from "@/api/shapes";
import { refresh } from "@/api/useSave";
import { useDraft } from "@/core/draft";
import { t } from "@/core/words";
import { Section } from "@/record/Section";
import type { SectionProps } from "@/record/sections";
import { tellDone } from "@/ui/toasts";

const MOST = 500;

export default function Excuse({ record }: SectionProps) {
  const cache = useQueryClient();
  const [draft, setDraft] = useDraft<string>(`finding.${record.id}`);
  const [refused, setRefused] = useState("");
  const excuse = useMutation({
    mutationFn: (reason: string) => call<Saved>("POST", `/api/finding/${record.id}/excuse`, { body: { reason } }),
    onSuccess: () => {
      setDraft(undefined);
      tellDone(t("web.finding.excused"));
    },
    onError: (error: unknown) => setRefused((error instanceof Refusal && error.of("reason")[0]) || said(error)),
    onSettled: () => refresh(cache, "finding"),
  });
  if (record.state !== "open") return null;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setRefused("");
    excuse.mutate((draft ?? "").trim());
  };
  return (
    <Section title={t("web.finding.excuse")}>
      <form onSubmit={submit} noValidate>
        <Textarea
          label={t("web.finding.why")}
          value={draft ?? ""}
          onChange={(event) => setDraft(event.currentTarget.value)}
          error={refused}
          maxLength={MOST}
          autosize
          minRows={2}
        />
        <Group justify="flex-end" mt="sm">
          <Button type="submit" variant="default" loading={excuse.isPending}>
            {t("web.finding.excuse")}
          </Button>
        </Group>
      </form>
    </Section>
  );
}
