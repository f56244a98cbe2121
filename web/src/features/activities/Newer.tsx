// The process has changed since the deal began: what taking the new version over would bring, and taking it over.
import { Button } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { call, said } from "@/api/http";
import type { Led, Way } from "@/api/way";
import { t } from "@/core/words";
import { tellBad } from "@/ui/toasts";
import css from "@/features/activities/NextStep.module.css";

export function Newer({ deal, newer }: { deal: number; newer: NonNullable<Led["newer"]> }) {
  const client = useQueryClient();
  const adopt = async () => {
    try {
      client.setQueryData(["way", "deal", deal, null], await call<Way>("POST", `/api/deal/${deal}/adopt`));
    } catch (error) {
      tellBad(said(error));
    }
  };
  return (
    <div className={css.newer}>
      <span>
        {t("web.way.newer", { number: newer.number })}
        {newer.added.length > 0 && ` ${t("web.way.added", { steps: newer.added.join(", ") })}`}
        {newer.unknown.length > 0 && ` ${t("web.way.unknown", { steps: newer.unknown.join(", ") })}`}
      </span>
      {!newer.unknown.length && (
        <Button variant="subtle" size="compact-sm" onClick={() => void adopt()}>
          {t("web.way.adopt")}
        </Button>
      )}
    </div>
  );
}
