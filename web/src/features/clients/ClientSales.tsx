// The last sales of a client, more on demand, and the door to the whole list.
import { Button } from "@mantine/core";
import { Link } from "wouter";
import type { Saved } from "@/api/shapes";
import { FigureTable } from "@/chart/FigureTable";
import { day } from "@/core/day";
import { money } from "@/core/number";
import { t } from "@/core/words";
import { useClientSales } from "@/features/clients/useClientSales";
import { listPath } from "@/list/useListUrl";
import { Section } from "@/record/Section";

const line = (sale: Saved) => {
  const back = sale.kind === "return";
  return [
    { text: day(String(sale.day)), to: `/sales/${sale.id}`, order: String(sale.day) },
    String(sale.number ?? ""),
    { text: sale._titles?.seller_id?.title ?? "", tone: "dim" as const },
    {
      text: back ? `${t("web.client.return")} ${money(String(sale.total))}` : money(String(sale.total)),
      tone: back ? ("bad" as const) : undefined,
      order: Number(sale.total),
    },
  ];
};

export function ClientSales({ id }: { id: number }) {
  const sales = useClientSales(id);
  const rows = sales.data?.pages.flatMap((page) => page.items) ?? [];
  if (!rows.length) return null;
  return (
    <Section
      title={t("web.client.sales")}
      aside={
        <Link href={listPath("/sales", { field: "client_id", op: "is", value: id }, "-day")}>
          {t("web.client.all_sales")}
        </Link>
      }
    >
      <FigureTable
        label={t("web.client.sales")}
        brief
        first={12}
        goesOn={sales.hasNextPage}
        head={[
          { label: t("sale.day") },
          { label: t("sale.number") },
          { label: t("sale.seller_id") },
          { label: t("sale.total"), right: true },
        ]}
        rows={rows.map(line)}
      />
      {sales.hasNextPage && (
        <Button
          variant="subtle"
          size="compact-sm"
          mt="xs"
          loading={sales.isFetchingNextPage}
          onClick={() => void sales.fetchNextPage()}
        >
          {t("web.client.more_sales")}
        </Button>
      )}
    </Section>
  );
}
