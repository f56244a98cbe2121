// A few figures with their names, side by side.
import { Section } from "@/record/Section";
import { type Answer, rowsOf } from "@/features/analysis/answers";
import { className, figureText } from "@/features/analysis/figures";
import css from "@/features/analysis/Figures.module.css";

interface Figure {
  figure: string;
  value: string;
  note: string | null;
}

export function Figures({ data }: { data: Answer }) {
  return (
    <Section title={data.tables.figures?.title ?? ""}>
      <dl className={css.facts}>
        {rowsOf<Figure>(data, "figures").map(({ figure, value, note }) => (
          <div key={figure}>
            <dt>{className(figure)}</dt>
            <dd>
              {figureText(value)}
              {note && <small>{note}</small>}
            </dd>
          </div>
        ))}
      </dl>
    </Section>
  );
}
