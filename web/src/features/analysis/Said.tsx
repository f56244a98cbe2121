// The finding in one sentence, and below it how it was counted.
import { percent } from "@/core/number";
import { t } from "@/core/words";
import type { Answer } from "@/features/analysis/answers";
import css from "@/features/analysis/Said.module.css";

/* Less than this of the revenue has a cost, as far as a person would see. */
const WHOLE = 99.95;

/* A sentence may begin with the name of a month. */
const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);

export function Said({ answer }: { answer: Answer }) {
  return (
    <div className={css.said}>
      <p className={css.sentence}>{capital(answer.sentence)}</p>
      {answer.coverage && Number(answer.coverage.share) < WHOLE && <p className={css.coverage}>{t("web.analysis.covered", { share: percent(Number(answer.coverage.share)) })}</p>}
      <details className={css.how}>
        <summary>{t("web.analysis.how")}</summary>
        <p>{answer.how}</p>
      </details>
    </div>
  );
}
