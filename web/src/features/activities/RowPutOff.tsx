// From a list: one activity or several are put off to another time.
import { Button, Group, Stack } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { Refusal, said } from "@/api/http";
import { t, tn } from "@/core/words";
import type { When } from "@/features/activities/types";
import { useDeeds } from "@/features/activities/useDeeds";
import { dueOf, whenOf } from "@/features/activities/when";
import { WhenInput } from "@/features/activities/WhenInput";
import { titleOf } from "@/fields/titleOf";
import { useMass } from "@/list/mass/useMass";
import { useMassTold } from "@/list/mass/useMassTold";
import type { RowDeedProps } from "@/list/rowActions";
import { Dialog } from "@/ui/Dialog";

export default function RowPutOff({ of, rows, close }: RowDeedProps) {
  const { change } = useDeeds();
  const mass = useMass(of.name);
  const tell = useMassTold(mass);
  const [first] = rows;
  const [when, setWhen] = useState<When | null>(() =>
    rows.length === 1 && first?.due_at ? whenOf(String(first.due_at), Boolean(first.timed)) : null,
  );
  const [refused, setRefused] = useState("");
  if (!first) return null;
  const one = async (values: ReturnType<typeof dueOf>) => {
    const back = { due_at: first.due_at ?? null, timed: first.timed ?? false };
    await change.mutateAsync({ id: first.id, version: first.version, values, back, told: t("web.activity.put_off") });
  };
  const many = async (values: ReturnType<typeof dueOf>) => {
    const done = await mass.go({ ids: rows.map(({ id }) => id) }, { values });
    if (done instanceof Refusal) throw done;
    tell(done);
  };
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (!when) return;
    setRefused("");
    try {
      await (rows.length === 1 ? one : many)(dueOf(when));
      close();
    } catch (error) {
      setRefused(said(error));
    }
  };
  return (
    <Dialog onClose={close} title={rows.length === 1 ? titleOf(first) : tn("web.activity.put_off_many", rows.length)}>
      <form onSubmit={(event) => void submit(event)} noValidate>
        <Stack gap="sm">
          <WhenInput label={t("web.activity.later_to")} value={when} onChange={setWhen} error={refused} />
        </Stack>
        <Group justify="flex-end" mt="lg">
          <Button variant="default" onClick={close}>
            {t("web.cancel")}
          </Button>
          <Button type="submit" loading={change.isPending || mass.busy} disabled={!when}>
            {t("web.activity.later")}
          </Button>
        </Group>
      </form>
    </Dialog>
  );
}
