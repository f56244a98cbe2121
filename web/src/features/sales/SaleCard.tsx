// A sale's card: its lines, whose it is, what it came to.
import { Link, useParams } from "wouter";
import { day } from "@/core/day";
import { money } from "@/core/number";
import { t } from "@/core/words";
import { RecordCard } from "@/record/RecordCard";

export default function SaleCard() {
  const id = Number(useParams<{ id: string }>().id);
  return (
    <RecordCard
      entity="sale"
      id={id}
      back={{ to: "/sales", label: t("web.place.sales") }}
      title={(sale) =>
        t(sale.kind === "return" ? "web.sale.return_title" : "web.sale.title", {
          number: String(sale.number ?? sale.id),
          day: day(String(sale.day)),
        })
      }
      aside={(sale) => (
        <>
          {money(String(sale.total))} ·{" "}
          <Link href={`/clients/${String(sale.client_id)}`}>{sale._titles?.client_id?.title}</Link>
        </>
      )}
      fields={[
        "client_id",
        "day",
        "number",
        "kind",
        "seller_id",
        "channel_id",
        "total",
        "cost_total",
        "source",
        "note",
      ]}
    />
  );
}
