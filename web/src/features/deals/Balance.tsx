// What a deal comes to, what of it is paid and shipped, and what is left.
import type { Saved } from "@/api/shapes";
import { money } from "@/core/number";
import { t } from "@/core/words";
import css from "@/features/deals/Balance.module.css";

const names = ["amount", "contracted", "paid", "to_pay", "shipped", "to_ship"];

export function Balance({ deal }: { deal: Saved }) {
  const told = names.filter((name) => deal[name] !== null && deal[name] !== undefined);
  if (!told.length) return null;
  return (
    <dl className={css.balance}>
      {told.map((name) => (
        <div key={name} data-left={(name.startsWith("to_") && Number(deal[name]) > 0) || undefined}>
          <dt>{t(`deal.${name}`)}</dt>
          <dd>{money(String(deal[name]))}</dd>
        </div>
      ))}
    </dl>
  );
}
