// A record that is not there or not in sight: said on a page of its own, with the way back.
import { said } from "@/api/http";
import { Page } from "@/ui/Page";
import { Trouble } from "@/ui/Trouble";
import { t } from "@/core/words";

interface Props {
  error: unknown;
  again: () => void;
  back: { to: string; label: string };
}

export function NotShown({ error, again, back }: Props) {
  return (
    <Page title={t("web.fail.not_shown")} name={said(error)} back={back}>
      <Trouble error={error} again={again} />
    </Page>
  );
}
