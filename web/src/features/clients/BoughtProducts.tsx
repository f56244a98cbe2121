// What a client buys, the largest first, and when it was last bought.
import { FigureTable } from "@/chart/FigureTable";
import { day } from "@/core/day";
import { decimal, money } from "@/core/number";
import { t } from "@/core/words";
import type { ClientWorth } from "@/features/clients/useClientCard";
import { Section } from "@/record/Section";

const trimmed = (qty: string) => decimal(qty.replace(/\.?0+$/, ""));

export function BoughtProducts({ products }: { products: ClientWorth["products"] }) {
  if (!products.length) return null;
  return (
    <Section title={t("web.client.products")}>
      <FigureTable
        label={t("web.client.products")}
        brief
        first={12}
        head={[
          { label: t("head.product") },
          { label: t("web.amount"), right: true },
          { label: t("web.quantity"), right: true },
          { label: t("web.client.last_bought"), right: true },
        ]}
        rows={products.map(({ product, amount, qty, last }) => [
          product
            ? { text: product.title, to: `/products/${product.id}` }
            : { text: t("class.no_product"), tone: "dim" },
          { text: money(amount) },
          { text: qty === null ? "—" : trimmed(qty) },
          { text: day(last), tone: "dim", order: last },
        ])}
      />
    </Section>
  );
}
