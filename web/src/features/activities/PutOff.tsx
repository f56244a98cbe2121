// An activity that will be done at another time, or not at all: then it is said why.
import { Button, Stack, TextInput } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { said } from "@/api/http";
import { t } from "@/core/words";
import type { Closable } from "@/features/activities/CloseForm";
import type { When } from "@/features/activities/types";
import { useDeeds } from "@/features/activities/useDeeds";
import { dueOf, whenOf } from "@/features/activities/when";
import { WhenInput } from "@/features/activities/WhenInput";
import { Pop } from "@/ui/Pop";

export function PutOff({ line, onDone }: { line: Closable; onDone: () => void }) {
  const { change } = useDeeds();
  const [open, setOpen] = useState<"later" | "never" | null>(null);
  const [when, setWhen] = useState<When | null>(null);
  const [reason, setReason] = useState("");
  const [refused, setRefused] = useState("");
  const deed = (values: Record<string, unknown>, back: Record<string, unknown>, told: string) => {
    setRefused("");
    change.mutate(
      { id: line.id, version: line.version, values, back, told },
      { onSuccess: () => (setOpen(null), onDone()), onError: (error) => setRefused(said(error)) },
    );
  };
  const later = (event: FormEvent) => {
    event.preventDefault();
    if (when) deed(dueOf(when), { due_at: line.due_at, timed: line.timed }, t("web.activity.put_off"));
  };
  const never = (event: FormEvent) => {
    event.preventDefault();
    deed({ state: "cancelled", reason }, { state: "open", reason: null }, t("web.activity.cancelled"));
  };
  return (
    <>
      <Pop
        opened={open === "later"}
        onClose={() => setOpen(null)}
        target={
          <Button
            variant="default"
            onClick={() => (setWhen(line.due_at ? whenOf(line.due_at, line.timed) : null), setOpen("later"))}
          >
            {t("web.activity.later")}
          </Button>
        }
      >
        <form onSubmit={later}>
          <Stack gap="sm">
            <WhenInput label={t("web.activity.later_to")} value={when} onChange={setWhen} error={refused} />
            <Button type="submit" loading={change.isPending} disabled={!when}>
              {t("web.activity.later")}
            </Button>
          </Stack>
        </form>
      </Pop>
      <Pop
        opened={open === "never"}
        onClose={() => setOpen(null)}
        target={
          <Button variant="subtle" color="gray" onClick={() => setOpen("never")}>
            {t("web.activity.cancel")}
          </Button>
        }
      >
        <form onSubmit={never} noValidate>
          <Stack gap="sm">
            <TextInput
              label={t("web.activity.why_not")}
              required
              value={reason}
              error={refused}
              onChange={(event) => setReason(event.currentTarget.value)}
            />
            <Button type="submit" loading={change.isPending}>
              {t("web.activity.cancel")}
            </Button>
          </Stack>
        </form>
      </Pop>
    </>
  );
}
