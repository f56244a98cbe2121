// How an import is getting on, and what came of it.
import { Button, Group, Progress } from "@mantine/core";
import { said } from "@/api/http";
import { percent, whole } from "@/core/number";
import { t, tn } from "@/core/words";
import { ImportProblems } from "@/features/import/ImportProblems";
import { going, type Import } from "@/features/import/types";
import { useImportDeed } from "@/features/import/useImportDeed";
import { tellBad } from "@/ui/toasts";
import css from "@/features/import/ImportState.module.css";

export function ImportState({ of }: { of: Import }) {
  const deed = useImportDeed(of.id);
  const stopping = deed.variables === "cancel" && !deed.isError;
  const share = of.total ? (of.done / of.total) * 100 : 0;
  return (
    <div className={css.state} aria-live="polite">
      <p className={css.sentence}>{stopping && going(of) ? t("web.import.said.stopping") : sentence(of)}</p>
      {going(of) && (
        <>
          <Progress value={share} aria-label={t("web.import.progress")} />
          <Group justify="space-between" gap="xs">
            <span className={css.rate}>
              {tn("web.import.rows_done", of.done)}
              {of.total ? ` · ${percent(share, 0)}` : ""}
              {of.rate ? ` · ${t("web.import.rate", { n: whole(of.rate) })}` : ""}
            </span>
            {of.state !== "undoing" && (
              <Button variant="default" size="xs" disabled={stopping} onClick={() => deed.mutate("cancel", { onError: (error) => tellBad(said(error)) })}>
                {t(stopping ? "web.import.stopping" : "web.import.cancel")}
              </Button>
            )}
          </Group>
        </>
      )}
      {of.state === "done" && <Counts of={of} />}
      <ImportProblems of={of} />
    </div>
  );
}

const keys = ["created", "changed", "known", "bad", "warned"] as const;

function Counts({ of }: { of: Import }) {
  return (
    <dl className={css.counts}>
      {keys.filter((key) => key !== "warned" || of.warned).map((key) => (
        <div key={key} data-bad={(key === "bad" && of.bad > 0) || undefined}>
          <dt>{t(of.dry ? `web.import.will_${key}` : `web.import.count_${key}`)}</dt>
          <dd>{whole(of[key] ?? 0)}</dd>
        </div>
      ))}
    </dl>
  );
}

function sentence(of: Import): string {
  if (of.text) return of.text;
  if (of.state === "done" && of.dry) return of.bad ? tn("web.import.said.checked_bad", of.bad) : t("web.import.said.checked");
  if (of.state === "done" && of.bad && !of.file) return tn("web.import.said.left_out", of.bad);
  if (of.state === "done") return of.bad ? tn("web.import.said.done_bad", of.bad) : t("web.import.said.done");
  return t(`web.import.said.${of.state}`);
}
