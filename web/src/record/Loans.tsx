// To whom a record is lent, with a way to take it back.
import { Button } from "@mantine/core";
import { said } from "@/api/http";
import { t } from "@/core/words";
import { lineOf, type Loan, useTakeBack } from "@/record/useLoans";
import { tellBad, tellDone } from "@/ui/toasts";
import css from "@/record/Loans.module.css";

export function Loans({ record, items }: { record: string; items: Loan[] }) {
  const { mutateAsync, isPending } = useTakeBack(record);
  const end = async (loan: Loan) => {
    try {
      await mutateAsync(loan.user);
      tellDone(t("web.lend.ended", { name: loan.name }));
    } catch (error) {
      tellBad(said(error));
    }
  };
  if (!items.length) return <p className={css.note}>{t("web.lend.nobody")}</p>;
  return (
    <ul className={css.loans} aria-label={t("web.lend.whom")}>
      {items.map((loan, place) => (
        <li key={place} className={css.loan}>
          <div>
            <div>{lineOf(loan)}</div>
            <div className={css.note}>
              {[loan.why, loan.by && t("web.lend.by", { name: loan.by })].filter(Boolean).join(" · ")}
            </div>
          </div>
          {loan.may_end && (
            <Button variant="subtle" size="compact-sm" disabled={isPending} onClick={() => void end(loan)}>
              {t("web.lend.end")}
            </Button>
          )}
        </li>
      ))}
    </ul>
  );
}
