// The imports so far: what each brought, and the way back.
import { Button } from "@mantine/core";
import { useLocation } from "wouter";
import Plus from "icons/IconPlus.mjs";
import { may, useSession } from "@/api/useSession";
import { FigureTable } from "@/chart/FigureTable";
import { moment } from "@/core/day";
import { whole } from "@/core/number";
import { useActions } from "@/core/actions";
import { known, t } from "@/core/words";
import type { Import } from "@/features/import/types";
import { useImports } from "@/features/import/useImports";
import { Nothing } from "@/ui/Nothing";
import { Page } from "@/ui/Page";
import { Trouble } from "@/ui/Trouble";
import { Waiting } from "@/ui/Waiting";

const tones = {
  failed: "bad",
  cancelled: "dim",
  undone: "dim",
  running: "warn",
  waiting: "warn",
  undoing: "warn",
  done: undefined,
} as const;

/* What was taken back, or only looked at, is no figure of the base. */
const stays = (one: Import, n: number) => (one.state === "done" && !one.dry ? whole(n) : "");

/* What was only looked at is not in the base. */
const stateOf = (one: Import) => (one.dry && one.state === "done" ? "checked" : one.state);

export default function Imports() {
  const session = useSession();
  const [, go] = useLocation();
  const add = may(session, "import", "add");
  const imports = useImports();
  const rows = imports.data?.pages.flatMap((page) => page.items) ?? [];
  useActions(add ? [{ name: "import", label: t("web.import.new"), run: () => go("/import/new") }] : []);
  return (
    <Page
      title={t("web.place.import")}
      name={t("web.place.import")}
      actions={
        add && (
          <Button leftSection={<Plus size={16} />} onClick={() => go("/import/new")}>
            {t("web.import.new")}
          </Button>
        )
      }
    >
      {imports.error ? (
        <Trouble error={imports.error} again={() => void imports.refetch()} />
      ) : !imports.data ? (
        <Waiting />
      ) : !rows.length ? (
        <Nothing title={t("web.import.none")}>{t("web.import.none_note")}</Nothing>
      ) : (
        <FigureTable
          label={t("web.place.import")}
          goesOn
          head={[
            { label: t("web.import.file") },
            { label: t("web.import.kind"), fold: "phone" },
            { label: t("web.import.when"), fold: "phone" },
            { label: t("web.import.who"), fold: "half" },
            { label: t("web.import.state") },
            { label: t("web.import.count_created"), right: true, fold: "phone" },
            { label: t("web.import.count_changed"), right: true, fold: "half" },
            { label: t("web.import.count_known"), right: true, fold: "half" },
            { label: t("web.import.count_bad"), right: true },
          ]}
          rows={rows.map((one) => [
            { text: one.name, to: `/import/${one.id}` },
            known(`entity.${one.target}`) ? t(`entity.${one.target}`) : one.target,
            moment(one.at),
            one.by?.name ?? "",
            { text: t(`web.import.state.${stateOf(one)}`), tone: one.dry ? "dim" : tones[one.state] },
            stays(one, one.created),
            stays(one, one.changed),
            stays(one, one.known),
            { text: whole(one.bad), tone: one.bad ? ("bad" as const) : undefined },
          ])}
        />
      )}
      {imports.hasNextPage && (
        <Button
          variant="subtle"
          mt="sm"
          loading={imports.isFetchingNextPage}
          onClick={() => void imports.fetchNextPage()}
        >
          {t("web.history.more")}
        </Button>
      )}
    </Page>
  );
}
