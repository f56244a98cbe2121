// The five results of the period beside those of the one before: each with its change, and the deals it comes from.
import { Link } from "wouter";
import { rough, signed } from "@/core/number";
import { t } from "@/core/words";
import { type Asked, type Span, whereOf } from "@/features/funnel/ask";
import { changeOf, figureText } from "@/features/funnel/figureText";
import css from "@/features/funnel/Results.module.css";
import { pathOf, useAnswer } from "@/features/funnel/useAnswer";
import { Section } from "@/record/Section";
import { Trouble } from "@/ui/Trouble";

const results = ["deals_begun", "deals_days", "deals_conversion", "deals_mean", "deals_repeat"];

export function Results({ asked, now, before }: { asked: Asked; now: Span; before: Span | null }) {
  const question = { metrics: results, period: now, where: whereOf(asked), ...(before && { than: before }) };
  const { data, error, refetch } = useAnswer(question);
  if (error) return <Trouble error={error} again={() => void refetch()} />;
  if (!data) return null;
  return (
    <Section title={t("web.funnel.results")} aside={t("web.funnel.all_deals")}>
      <dl className={css.results}>
        {data.metrics.map((metric, at) => {
          const cell = data.all.cells[at] ?? { value: null };
          const changed = changeOf(metric.direction, cell);
          return (
            <div key={metric.code}>
              <dt>{metric.name}</dt>
              <dd>
                <Link href={pathOf(data, at) ?? "/deals"}>{figureText(metric.unit, cell.value, cell.few)}</Link>
              </dd>
              {before && (
                <dd className={css.change} data-tone={changed?.tone}>
                  {changed && `${changed.change > 0 ? "↑" : changed.change < 0 ? "↓" : "→"} `}
                  {changed && `${signed(rough(changed.change, 1), changed.change)}\u202f% · `}
                  {t("web.funnel.was", { was: figureText(metric.unit, cell.than, cell.than_few) })}
                </dd>
              )}
            </div>
          );
        })}
      </dl>
    </Section>
  );
}
