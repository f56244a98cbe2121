// What a person sees when something did not load: what happened, that nothing is lost, and what to do.
import { Button, Paper } from "@mantine/core";
import AlertTriangle from "icons/IconAlertTriangle.mjs";
import { said } from "@/api/http";
import { t } from "@/core/words";
import css from "@/ui/Trouble.module.css";

export function Trouble({ error, again }: { error: unknown; again?: () => void }) {
  return (
    <Paper withBorder radius="md" className={css.box} role="alert">
      <AlertTriangle size={20} aria-hidden className={css.icon} />
      <div>
        <div className={css.title}>{said(error)}</div>
        <div className={css.note}>{t("web.fail.safe")}</div>
      </div>
      {again && (
        <Button variant="default" size="xs" onClick={again}>
          {t("web.again")}
        </Button>
      )}
    </Paper>
  );
}
