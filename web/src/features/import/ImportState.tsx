// How an import is getting on, and what came of it.
import { Button, Group, Progress } from "@mantine/core";
import { Link } from "wouter";
import { said } from "@/api/http";
import { may, useSession } from "@/api/useSession";
import { percent, shortMoney, whole, wholeMoney } from "@/core/number";
import { t, tn } from "@/core/words";
import { ImportProblems } from "@/features/import/ImportProblems";
import { type Ask, going, type Import, leftOut, leftOuts } from "@/features/import/types";
import { useImportDeed } from "@/features/import/useImportDeed";
import { tellBad } from "@/ui/toasts";
import css from "@/features/import/ImportState.module.css";

interface Props {
  of: Import;
  ask?: Ask;
  onMend?: (part: Partial<Ask>) => void;
}

export function ImportState({ of, ask, onMend }: Props) {
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
              <Button
                variant="default"
                size="xs"
                disabled={stopping}
                onClick={() => deed.mutate("cancel", { onError: (error) => tellBad(said(error)) })}
              >
                {t(stopping ? "web.import.stopping" : "web.import.cancel")}
              </Button>
            )}
          </Group>
        </>
      )}
      {of.state === "done" && of.sales !== undefined && <Brought of={of} />}
      {of.state === "done" && <Counts of={of} />}
      <ImportProblems of={of} ask={ask} onMend={onMend} />
    </div>
  );
}

/** One sentence, and the door to what the base says now. */
function Brought({ of }: { of: Import }) {
  const session = useSession();
  if (!of.sales) return <p>{t("web.import.brought_nothing")}</p>;
  const parts = [
    tn("web.import.brought_sales", of.sales),
    of.amount && (Math.abs(Number(of.amount)) < 1e6 ? wholeMoney(of.amount) : shortMoney(of.amount)),
    tn("web.import.brought_clients", of.clients ?? 0),
    of.new_clients && tn("web.import.brought_new", of.new_clients),
  ];
  const said = parts.filter(Boolean).join(", ");
  return (
    <p>
      {t(of.dry ? "web.import.would_bring" : "web.import.brought", { what: said })}{" "}
      {!of.dry && may(session, "analysis", "view") && (
        <Link href="/analysis/findings">{t("web.import.see_findings")}</Link>
      )}
    </p>
  );
}

const keys = ["created", "changed", "known", "bad", "not_won", "cancelled", "warned"] as const;
const always: readonly string[] = ["created", "changed", "known", "bad"];

const leftOutOf = (of: Import) => leftOuts.reduce((sum, why) => sum + leftOut(of, why), 0);

function countOf(of: Import, key: (typeof keys)[number]) {
  if (key === "not_won" || key === "cancelled") return leftOut(of, key);
  return key === "warned" ? (of.warned ?? 0) - leftOutOf(of) : of[key];
}

function Counts({ of }: { of: Import }) {
  return (
    <dl className={css.counts}>
      {keys
        .filter((key) => always.includes(key) || countOf(of, key))
        .map((key) => (
          <div key={key} data-bad={(key === "bad" && of.bad > 0) || undefined}>
            <dt>{t(of.dry ? `web.import.will_${key}` : `web.import.count_${key}`)}</dt>
            <dd>{whole(countOf(of, key))}</dd>
          </div>
        ))}
    </dl>
  );
}

function sentence(of: Import): string {
  const left = of.state === "done" && !of.text ? leftOutOf(of) : 0;
  if (!left) return outcome(of);
  const rest = of.bad || of.dry ? outcome(of) : t("web.import.said.done_rest");
  return `${tn(of.dry ? "web.import.said.left_out_dry" : "web.import.said.not_counted", left)} ${rest}`;
}

function outcome(of: Import): string {
  if (of.text) return of.text;
  if (of.state === "done" && of.dry)
    return of.bad ? tn("web.import.said.checked_bad", of.bad) : t("web.import.said.checked");
  if (of.state === "done" && of.bad && !of.file) return tn("web.import.said.left_out", of.bad);
  if (of.state === "done") return of.bad ? tn("web.import.said.done_bad", of.bad) : t("web.import.said.done");
  return t(`web.import.said.${of.state}`);
}
