// The finding in one sentence, and below it how it was counted.
import { percent } from "@/core/number";
import { sentence, t } from "@/core/words";
import type { Answer } from "@/features/analysis/answers";
import css from "@/features/analysis/Said.module.css";

/* Less than this of the revenue has a cost or a quantity, as far as a person would see. */
const WHOLE = 99.95;

export function Said({ answer }: { answer: Answer }) {
  return (
    <div className={css.said}>
      <p className={css.sentence}>{sentence(answer.sentence)}</p>
      {answer.coverage && Number(answer.coverage.share) < WHOLE && (
        <p className={css.coverage}>
          {t(answer.coverage.counted === undefined ? "web.analysis.covered" : "web.analysis.covered_quantity", {
            share: percent(Number(answer.coverage.share)),
          })}
        </p>
      )}
      <details className={css.how}>
        <summary>{t("web.analysis.how")}</summary>
        <p>{answer.how}</p>
      </details>
    </div>
  );
}
