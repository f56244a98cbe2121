// One line below the title of a card: that it is open to you for a time, or to whom it is lent.
import { useSession } from "@/api/useSession";
import { t } from "@/core/words";
import { lastDay, lineOf, type Loan, useLoans } from "@/record/useLoans";

const SHOWN = 2;

export function LoanLine({ record }: { record: string }) {
  const me = useSession().user.id;
  const { data } = useLoans(record);
  const mine = data?.items.find((loan) => loan.user === me);
  if (data?.may_give) return data.items.length ? <>{t("web.lend.lent", { whom: inShort(data.items) })}</> : null;
  return mine ? <>{forMe(mine)}</> : null;
}

const forMe = (loan: Loan) =>
  [
    loan.until ? t(`web.lend.you.${loan.level}`, { day: lastDay(loan.until) }) : t("web.lend.you.open"),
    loan.why,
    loan.by && t("web.lend.by", { name: loan.by }),
  ]
    .filter(Boolean)
    .join(" · ");

const inShort = (loans: Loan[]) =>
  [...loans.slice(0, SHOWN).map(lineOf), loans.length > SHOWN && t("web.lend.more", { n: loans.length - SHOWN })]
    .filter(Boolean)
    .join("; ");
