// A record that is not there or not in sight: said on a page of its own, with the way back.
import { Refusal, said } from "@/api/http";
import { Nothing } from "@/ui/Nothing";
import { Page } from "@/ui/Page";
import { Trouble } from "@/ui/Trouble";
import { t } from "@/core/words";

interface Props {
  error: unknown;
  again: () => void;
  back?: { to: string; label: string };
}

export function NotShown({ error, again, back }: Props) {
  return (
    <Page title={t("web.fail.not_shown")} name={said(error)} back={back}>
      {error instanceof Refusal && error.status === 404 ? (
        <Nothing title={said(error)}>{t("web.fail.gone")}</Nothing>
      ) : (
        <Trouble error={error} again={again} />
      )}
    </Page>
  );
}
