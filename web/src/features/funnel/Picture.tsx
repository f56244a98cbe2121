// The funnel as it is drawn: a bar a stage, as wide as its part of all that were begun; each opens its deals.
import { Link } from "wouter";
import { decimal, percent, wholeMoney } from "@/core/number";
import { t } from "@/core/words";
import type { Found, Stage } from "@/features/funnel/useFunnel";
import css from "@/features/funnel/Picture.module.css";
import { doorPath } from "@/list/door";

export const stagePath = (found: Found, filter: Stage["filter"]) =>
  doorPath({ entity: "deal", filter: { all: [...found.filter.all, ...(filter ? [filter] : [])] } }) ?? "/deals";

export function Picture({ found, before }: { found: Found; before?: Found }) {
  return (
    <ol className={css.funnel}>
      {found.stages.map((stage, at) => {
        const then = before?.stages.find(({ id }) => id === stage.id);
        return (
          <li key={stage.id} className={css.stage}>
            {at > 0 && (
              <div className={css.between}>
                {stage.of_before === null ? "—" : percent(stage.of_before)}
                {then && then.of_before !== null && (
                  <span className={css.before}> {t("web.funnel.was", { was: percent(then.of_before) })}</span>
                )}
              </div>
            )}
            <Link
              href={stagePath(found, stage.filter)}
              className={css.bar}
              data-won={stage.kind === "won" || undefined}
            >
              <span className={css.fill} style={{ width: `${Math.max(stage.of_first ?? 0, 0.5)}%` }} aria-hidden />
              <span className={css.text}>
                <span className={css.name}>{stage.title}</span>
                <span className={css.figures}>
                  <b>{decimal(String(stage.count))}</b> · {wholeMoney(stage.sum)}
                </span>
              </span>
            </Link>
          </li>
        );
      })}
    </ol>
  );
}
