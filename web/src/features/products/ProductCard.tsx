// A product's card: what it is, what it sold and to whom, and the sales it stands in.
import { Link, useParams } from "wouter";
import { may, useSession } from "@/api/useSession";
import { FigureTable } from "@/chart/FigureTable";
import { day } from "@/core/day";
import { money } from "@/core/number";
import { t } from "@/core/words";
import { linesOf, salesOf } from "@/features/products/doors";
import { ProductSold } from "@/features/products/ProductSold";
import { useProductSales } from "@/features/products/useProductSales";
import { cardPath } from "@/list/door";
import { RecordCard } from "@/record/RecordCard";
import { Section } from "@/record/Section";

export default function ProductCard() {
  const id = Number(useParams<{ id: string }>().id);
  return (
    <RecordCard
      entity="product"
      id={id}
      back={{ to: "/products", label: t("web.place.products") }}
      fields={["name", "number", "group_id", "unit", "price", "cost"]}
    >
      {(product) => (
        <>
          <ProductSold id={id} unit={String(product.unit ?? "")} />
          <ProductSales id={id} />
        </>
      )}
    </RecordCard>
  );
}

function ProductSales({ id }: { id: number }) {
  const session = useSession();
  const { data } = useProductSales(id, may(session, "sale", "view"));
  if (!data?.items.length) return null;
  return (
    <Section
      title={t("web.product.sales")}
      aside={
        <>
          <Link href={linesOf(id)}>{t("web.product.lines")}</Link> ·{" "}
          <Link href={salesOf(id)}>{t("web.client.all_sales")}</Link>
        </>
      }
    >
      <FigureTable
        label={t("web.product.sales")}
        first={12}
        head={[
          { label: t("sale.day") },
          { label: t("sale.number") },
          { label: t("head.client"), wide: true },
          { label: t("sale.total"), right: true },
        ]}
        rows={data.items.map((sale) => [
          { text: day(String(sale.day)), to: `/sales/${sale.id}`, order: String(sale.day) },
          String(sale.number ?? ""),
          { text: sale._titles?.client_id?.title ?? "", to: cardPath("client", Number(sale.client_id)) },
          { text: money(String(sale.total)), tone: sale.kind === "return" ? ("bad" as const) : undefined },
        ])}
      />
    </Section>
  );
}
