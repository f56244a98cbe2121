// A file on its way: how far it is, a way to stop it, and why it was not taken.
import { Button, Progress } from "@mantine/core";
import { percent } from "@/core/number";
import { t } from "@/core/words";
import { sizeText } from "@/features/files/kinds";
import type { OnTheWay } from "@/features/files/useSending";
import css from "@/features/files/Files.module.css";

export function SendingLine({ file, cancel }: { file: OnTheWay; cancel: () => void }) {
  const share = (file.sent / Math.max(file.size, 1)) * 100;
  return (
    <div className={css.sending}>
      <div className={css.told}>
        <span className={css.name}>{file.name}</span>
        {file.refused ? (
          <span role="alert" className={css.refused}>
            {file.refused}
          </span>
        ) : (
          <>
            <Progress value={share} aria-label={t("web.files.sending", { name: file.name })} />
            <span className={css.note}>
              {sizeText(file.size)} · {percent(share, 0)}
            </span>
          </>
        )}
      </div>
      <Button variant="default" size="compact-sm" onClick={cancel}>
        {t(file.refused ? "web.close" : "web.cancel")}
      </Button>
    </div>
  );
}
