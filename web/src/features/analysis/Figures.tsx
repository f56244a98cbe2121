// A few figures with their names, side by side.
import { Section } from "@/record/Section";
import { type Answer, rowsOf } from "@/features/analysis/answers";
import { className, figureText } from "@/features/analysis/figures";
import { known, t } from "@/core/words";
import css from "@/features/analysis/Figures.module.css";

const note = (figure: string) => (known(`web.figure.${figure}`) ? t(`web.figure.${figure}`) : "");

export function Figures({ data }: { data: Answer }) {
  return (
    <Section title={data.tables.figures?.title ?? ""}>
      <dl className={css.facts}>
        {rowsOf<{ figure: string; value: string }>(data, "figures").map(({ figure, value }) => (
          <div key={figure}>
            <dt>{className(figure)}</dt>
            <dd>
              {figureText(value)}
              {note(figure) && <small>{note(figure)}</small>}
            </dd>
          </div>
        ))}
      </dl>
    </Section>
  );
}
