// The same by person, and what was lost by stage and reason: tables whose figures open their deals.
import { FigureTable, type Figures } from "@/chart/FigureTable";
import { t } from "@/core/words";
import { type Asked, type Span, whereOf } from "@/features/funnel/ask";
import { figureText } from "@/features/funnel/figureText";
import { type Answer, type Item, pathOf, useAnswer } from "@/features/funnel/useAnswer";
import { Section } from "@/record/Section";
import { Trouble } from "@/ui/Trouble";

interface Props {
  title: string;
  heads: string[];
  metrics: string[];
  by: string[];
  asked: Asked;
  now: Span;
}

export function Cut({ title, heads, metrics, by, asked, now }: Props) {
  const { data, error, refetch } = useAnswer({ metrics, by, period: now, where: whereOf(asked) });
  if (error) return <Trouble error={error} again={() => void refetch()} />;
  if (!data) return null;
  return (
    <Section title={title} aside={t("web.funnel.all_deals")}>
      {data.items.length ? (
        <FigureTable {...figuresOf(data, heads)} label={title} first={15} />
      ) : (
        <p>{t("web.funnel.none")}</p>
      )}
    </Section>
  );
}

function figuresOf(answer: Answer, heads: string[]): Figures {
  const cells = (of: Answer["all"]["cells"], item?: Item) =>
    answer.metrics.map(({ unit }, at) => ({
      text: figureText(unit, of[at]?.value, of[at]?.few),
      plain: of[at]?.value ?? "",
      order: Number(of[at]?.value ?? 0),
      to: of[at]?.value === null || Number(of[at]?.value) === 0 ? undefined : pathOf(answer, at, item),
    }));
  return {
    head: [...heads.map((label) => ({ label })), ...answer.metrics.map(({ name }) => ({ label: name, right: true }))],
    rows: answer.items.map((item) => [
      ...item.keys.map(({ title, value }) => (value === null ? t("web.funnel.unsaid") : (title ?? "—"))),
      ...cells(item.cells, item),
    ]),
    foot: [t("web.funnel.total"), ...heads.slice(1).map(() => ""), ...cells(answer.all.cells)],
  };
}
