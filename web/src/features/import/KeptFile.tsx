// The file of an import: until when it is kept, and letting it go before.
import { Button, Group } from "@mantine/core";
import { useState } from "react";
import { said } from "@/api/http";
import { may, useSession } from "@/api/useSession";
import { day, dayOf } from "@/core/day";
import { megabytes } from "@/core/number";
import { t } from "@/core/words";
import type { Import } from "@/features/import/types";
import { useFileDrop } from "@/features/import/useFileDrop";
import { Dialog } from "@/ui/Dialog";
import { tellBad } from "@/ui/toasts";
import css from "@/features/import/ImportState.module.css";

export function KeptFile({ of }: { of: Import }) {
  const [open, setOpen] = useState(false);
  const session = useSession();
  const drop = useFileDrop(of.id);
  if (!of.file) return <p className={css.file}>{t("web.import.file_gone")}</p>;
  const leave = () =>
    drop.mutate(undefined, { onSuccess: () => setOpen(false), onError: (error) => tellBad(said(error)) });
  return (
    <Group gap="xs" className={css.file}>
      <span>{t("web.import.file_kept", { size: megabytes(of.file.size), day: day(dayOf(of.file.until)) })}</span>
      {may(session, "import", "change") && (
        <Button variant="subtle" size="compact-sm" onClick={() => setOpen(true)}>
          {t("web.import.file_drop")}
        </Button>
      )}
      {open && (
        <Dialog onClose={() => setOpen(false)} title={t("web.import.file_drop_title", { name: of.name })}>
          <p>{t("web.import.file_drop_note")}</p>
          <Group justify="flex-end" mt="md">
            <Button variant="default" onClick={() => setOpen(false)} data-autofocus>
              {t("web.cancel")}
            </Button>
            <Button color="red.9" loading={drop.isPending} onClick={leave}>
              {t("web.import.file_drop")}
            </Button>
          </Group>
        </Dialog>
      )}
    </Group>
  );
}
