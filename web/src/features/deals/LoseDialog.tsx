// A deal is lost: why, and to whom.
import { Button, Group, Stack, TextInput } from "@mantine/core";
import { type FormEvent, useState } from "react";
import type { Refusal } from "@/api/http";
import type { Saved, Title } from "@/api/shapes";
import { t } from "@/core/words";
import { RefSelect } from "@/fields/RefSelect";
import { useFieldEdit } from "@/record/useFieldEdit";
import { Dialog } from "@/ui/Dialog";

export function LoseDialog({ deal, stage, close }: { deal: Saved; stage: Saved; close: () => void }) {
  const [reason, setReason] = useState<Title | null>(null);
  const [rival, setRival] = useState("");
  const [refused, setRefused] = useState<Refusal | null>(null);
  const { save, busy } = useFieldEdit("deal");
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const values = { stage_id: stage.id, reason_id: reason?.id ?? null, rival: rival.trim() || null };
    const refusal = await save(deal, values, {
      stage_id: { id: stage.id, title: String(stage.name) },
      ...(reason && { reason_id: reason }),
    });
    if (refusal) setRefused(refusal);
    else close();
  };
  const known = refused && (refused.of("reason_id")[0] ?? refused.of("rival")[0]);
  return (
    <Dialog onClose={close} title={t("web.deal.lose_title")}>
      <form onSubmit={(event) => void submit(event)} noValidate>
        <Stack gap="sm">
          <RefSelect
            entity="reason"
            label={t("deal.reason_id")}
            value={reason?.id ?? null}
            title={reason ?? undefined}
            onChange={setReason}
            error={refused?.of("reason_id")[0] ?? (refused && !known ? refused.title : undefined)}
            autoFocus
          />
          <TextInput
            label={t("deal.rival")}
            maxLength={200}
            value={rival}
            error={refused?.of("rival")[0]}
            onChange={(event) => setRival(event.currentTarget.value)}
          />
        </Stack>
        <Group justify="flex-end" mt="md">
          <Button variant="default" onClick={close}>
            {t("web.cancel")}
          </Button>
          <Button type="submit" loading={busy}>
            {t("web.deal.lose")}
          </Button>
        </Group>
      </form>
    </Dialog>
  );
}
