// Where short messages stand; a screen reader hears them too.
import { ActionIcon, Button, Paper } from "@mantine/core";
import X from "icons/IconX.mjs";
import { useSignal } from "@/core/signal";
import { t } from "@/core/words";
import { dismiss, toasts } from "@/ui/toasts";
import css from "@/ui/Toasts.module.css";

export function Toasts() {
  const all = useSignal(toasts);
  return (
    <div className={css.place} role="status" aria-live="polite">
      {all.map(({ id, kind, text, undo }) => (
        <Paper key={id} className={css.toast} data-kind={kind} shadow="md" radius="md">
          <span className={css.text}>{text}</span>
          {undo && (
            <Button
              size="compact-sm"
              variant="subtle"
              color="gray.0"
              className={css.undo}
              onClick={() => (dismiss(id), undo())}
            >
              {t("web.undo")}
            </Button>
          )}
          <ActionIcon
            variant="transparent"
            className={css.close}
            aria-label={t("web.close")}
            onClick={() => dismiss(id)}
          >
            <X size={16} />
          </ActionIcon>
        </Paper>
      ))}
    </div>
  );
}
