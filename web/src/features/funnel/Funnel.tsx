// The funnel of deals: drawn and as a table, beside the period before; five results; the same by person, and losses.
import type { Filter } from "@/api/shapes";
import { FigureTable, type Figures } from "@/chart/FigureTable";
import { decimal, percent, wholeMoney } from "@/core/number";
import { t } from "@/core/words";
import { spansOf, useAsked } from "@/features/funnel/ask";
import { Cut } from "@/features/funnel/Cuts";
import css from "@/features/funnel/Funnel.module.css";
import { Picture, stagePath } from "@/features/funnel/Picture";
import { Results } from "@/features/funnel/Results";
import { Settings } from "@/features/funnel/Settings";
import { type Found, type Stage, useFunnel } from "@/features/funnel/useFunnel";
import { Section } from "@/record/Section";
import { Page } from "@/ui/Page";
import { Trouble } from "@/ui/Trouble";
import { Waiting } from "@/ui/Waiting";

export default function Funnel() {
  const { asked, change } = useAsked();
  const { now, before } = spansOf(asked.period);
  const { data, error, refetch } = useFunnel(asked, now);
  const then = useFunnel(asked, before).data;
  const stood = useFunnel(asked, now, true).data;
  const title = t("web.place.funnel");
  return (
    <Page title={title} name={title} note={data && t(`web.funnel.within.${data.within}`)}>
      <Settings asked={asked} process={data?.process.id} now={now} change={change} />
      {error && <Trouble error={error} again={() => void refetch()} />}
      {!data && !error && <Waiting />}
      {data && (
        <div className={css.parts}>
          <Section title={data.process.title} aside={t("web.funnel.begun", { n: data.all.count })}>
            {data.all.count ? (
              <Picture found={data} before={before ? then : undefined} />
            ) : (
              <p>{t("web.funnel.none")}</p>
            )}
          </Section>
          <Section title={t("web.funnel.stages")}>
            <FigureTable {...tableOf(data, stood, before ? then : undefined)} label={t("web.funnel.stages")} />
          </Section>
        </div>
      )}
      <div className={css.more}>
        <Results asked={asked} now={now} before={before} />
        <Cut
          title={t("web.funnel.people")}
          heads={[t("deal.keeper_id")]}
          metrics={["deals_begun", "deals_won", "deals_won_sum", "deals_conversion", "deals_lost"]}
          by={["user"]}
          asked={asked}
          now={now}
        />
        <Cut
          title={t("web.funnel.losses")}
          heads={[t("deal.lost_at_id"), t("deal.reason_id")]}
          metrics={["deals_lost", "deals_lost_sum"]}
          by={["lost_at", "reason"]}
          asked={asked}
          now={now}
        />
      </div>
    </Page>
  );
}

const lost: Filter = { field: "state", op: "is", value: "lost" };
const lostUnsaid: Filter = { all: [lost, { field: "lost_at_id", op: "empty" }] };

function tableOf(found: Found, stood?: Found, before?: Found): Figures {
  const opens = (n: number, filter: Stage["filter"]) => (n ? stagePath(found, filter) : undefined);
  const count = (n: number, filter: Stage["filter"]) => ({ text: decimal(String(n)), plain: n, to: opens(n, filter) });
  const unsaid = found.all.lost_unsaid
    ? [
        [
          t("web.funnel.unsaid"),
          ...Array<string>(before ? 6 : 5).fill(""),
          count(found.all.lost_unsaid, lostUnsaid),
          { text: wholeMoney(found.all.lost_unsaid_sum), plain: found.all.lost_unsaid_sum },
        ],
      ]
    : [];
  return {
    head: [
      { label: t("deal.stage_id") },
      { label: t("web.funnel.came"), right: true },
      ...(before ? [{ label: t("web.funnel.before"), right: true, fold: "phone" as const }] : []),
      { label: t("deal.amount"), right: true, fold: "phone" as const },
      { label: t("web.funnel.of_first"), right: true },
      { label: t("web.funnel.days"), right: true, fold: "half" as const },
      { label: t("web.funnel.here"), right: true, fold: "half" as const },
      { label: t("web.funnel.lost"), right: true },
      { label: t("web.funnel.lost_sum"), right: true, fold: "half" as const },
    ],
    rows: [
      ...found.stages.map((stage) => {
        const then = before?.stages.find(({ id }) => id === stage.id);
        const days = stood?.stages.find(({ id }) => id === stage.id)?.days ?? null;
        return [
          stage.title,
          count(stage.count, stage.filter),
          ...(before ? [{ text: then ? decimal(String(then.count)) : "—", plain: then?.count ?? "" }] : []),
          { text: wholeMoney(stage.sum), plain: stage.sum },
          { text: stage.of_first === null ? "—" : percent(stage.of_first), plain: stage.of_first ?? "" },
          { text: days === null ? "—" : decimal(String(Math.round(Number(days)))), plain: days ?? "" },
          count(stage.here, stage.here_filter),
          count(stage.lost, stage.lost_filter),
          { text: wholeMoney(stage.lost_sum), plain: stage.lost_sum },
        ];
      }),
      ...unsaid,
    ],
    foot: [
      t("web.funnel.total"),
      count(found.all.count, null),
      ...(before ? [{ text: decimal(String(before.all.count)), plain: before.all.count }] : []),
      { text: wholeMoney(found.all.sum), plain: found.all.sum },
      "",
      "",
      "",
      count(found.all.lost, lost),
      { text: wholeMoney(found.all.lost_sum), plain: found.all.lost_sum },
    ],
  };
}
