// Putting a record away: with a reason, and with a way back.
import { Button, Group, Textarea } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { said } from "@/api/http";
import type { Saved } from "@/api/shapes";
import { useArchive } from "@/api/useArchive";
import { useActions } from "@/core/actions";
import { t } from "@/core/words";
import { titleOf } from "@/fields/titleOf";
import { Dialog } from "@/ui/Dialog";
import { tellBad, tellDone } from "@/ui/toasts";

interface Props {
  entity: string;
  record: Saved;
  /** The record keeps why it was put away. */
  asksReason?: boolean;
}

export function ArchiveButton({ entity, record, asksReason }: Props) {
  const [open, setOpen] = useState(false);
  const [reason, setReason] = useState("");
  const { mutateAsync, isPending } = useArchive(entity);
  const away = Boolean(record.archived_at);
  const restore = async () => {
    try {
      await mutateAsync({ id: record.id, verb: "restore" });
      tellDone(t("web.archive.restored"));
    } catch (error) {
      tellBad(said(error));
    }
  };
  const archive = async (event: FormEvent) => {
    event.preventDefault();
    try {
      await mutateAsync({ id: record.id, verb: "archive", reason: asksReason ? reason.trim() : undefined });
      setOpen(false);
      tellDone(t("web.archive.done"), () => void restore());
    } catch (error) {
      tellBad(said(error));
    }
  };
  useActions([
    {
      name: "archive",
      label: t(away ? "web.archive.restore" : "web.archive"),
      run: () => (away ? void restore() : setOpen(true)),
    },
  ]);
  return (
    <>
      <Button variant="default" loading={away && isPending} onClick={() => (away ? void restore() : setOpen(true))}>
        {t(away ? "web.archive.restore" : "web.archive")}
      </Button>
      {open && (
        <Dialog onClose={() => setOpen(false)} title={t("web.archive.title", { name: titleOf(record) })}>
          <form onSubmit={(event) => void archive(event)}>
            <p>{t("web.archive.note")}</p>
            {asksReason && (
              <Textarea
                label={t("web.archive.reason")}
                required
                withAsterisk={false}
                autosize
                minRows={2}
                maxLength={500}
                value={reason}
                onChange={(event) => setReason(event.currentTarget.value)}
                data-autofocus
              />
            )}
            <Group justify="flex-end" mt="md">
              <Button variant="default" onClick={() => setOpen(false)}>
                {t("web.cancel")}
              </Button>
              <Button type="submit" loading={isPending}>
                {t("web.archive")}
              </Button>
            </Group>
          </form>
        </Dialog>
      )}
    </>
  );
}
