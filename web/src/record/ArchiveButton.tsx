// Putting a record away: with a reason, and with a way back.
import { Button, Group, Modal, Textarea } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { said } from "@/api/http";
import type { Saved } from "@/api/shapes";
import { useArchive } from "@/api/useArchive";
import { useActions } from "@/core/actions";
import { t } from "@/core/words";
import { titleOf } from "@/fields/titleOf";
import { tellBad, tellDone } from "@/ui/toasts";

interface Props {
  entity: string;
  record: Saved;
  /** Where the reason goes; without it none is asked for. */
  before?: (reason: string) => Promise<void>;
  after?: (restored: Saved) => Promise<void>;
}

export function ArchiveButton({ entity, record, before, after }: Props) {
  const [open, setOpen] = useState(false);
  const [reason, setReason] = useState("");
  const { mutateAsync, isPending } = useArchive(entity);
  const away = Boolean(record.archived_at);
  const restore = async () => {
    try {
      const restored = await mutateAsync({ id: record.id, verb: "restore" });
      await after?.(restored);
      tellDone(t("web.archive.restored"));
    } catch (error) {
      tellBad(said(error));
    }
  };
  const archive = async (event: FormEvent) => {
    event.preventDefault();
    try {
      await before?.(reason.trim());
      await mutateAsync({ id: record.id, verb: "archive" });
      setOpen(false);
      tellDone(t("web.archive.done"), () => void restore());
    } catch (error) {
      tellBad(said(error));
    }
  };
  useActions([{ name: "archive", label: t(away ? "web.archive.restore" : "web.archive"), run: () => (away ? void restore() : setOpen(true)) }]);
  return (
    <>
      <Button variant="default" loading={away && isPending} onClick={() => (away ? void restore() : setOpen(true))}>
        {t(away ? "web.archive.restore" : "web.archive")}
      </Button>
      <Modal opened={open} onClose={() => setOpen(false)} title={t("web.archive.title", { name: titleOf(record) })} closeButtonProps={{ "aria-label": t("web.close") }}>
        <form onSubmit={(event) => void archive(event)}>
          <p>{t("web.archive.note")}</p>
          {before && <Textarea label={t("web.archive.reason")} required withAsterisk={false} autosize minRows={2} maxLength={500} value={reason} onChange={(event) => setReason(event.currentTarget.value)} data-autofocus />}
          <Group justify="flex-end" mt="md">
            <Button variant="default" onClick={() => setOpen(false)}>
              {t("web.cancel")}
            </Button>
            <Button type="submit" loading={isPending}>
              {t("web.archive")}
            </Button>
          </Group>
        </form>
      </Modal>
    </>
  );
}
