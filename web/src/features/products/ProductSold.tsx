// What a product sold, to whom, and with what margin, said in words first; each figure opens the sales behind it.
import { Link } from "wouter";
import { FigureTable } from "@/chart/FigureTable";
import { day, dayInWords } from "@/core/day";
import { decimal, money, percent, signed, wholeMoney } from "@/core/number";
import { sentence, t, tn } from "@/core/words";
import { salesOf } from "@/features/products/doors";
import { MonthsChart } from "@/features/products/MonthsChart";
import { type Sold, type Sum, useProductCard } from "@/features/products/useProductCard";
import { cardPath } from "@/list/door";
import { Section } from "@/record/Section";
import { Trouble } from "@/ui/Trouble";
import css from "@/features/products/ProductSold.module.css";

const trimmed = (qty: string | null) =>
  qty === null ? "—" : decimal(qty.includes(".") ? qty.replace(/\.?0+$/, "") : qty);

/* Of what the cost is known for. */
const shareOf = ({ margin, costed }: Sum) =>
  margin !== undefined && Number(costed) !== 0 ? (Number(margin) / Number(costed)) * 100 : null;

function inWords({ year, year_before: before, last }: Sold) {
  if (!last) return t("web.product.never");
  const grown = Number(before.amount) > 0 ? (Number(year.amount) / Number(before.amount) - 1) * 100 : null;
  const first =
    grown === null
      ? t("web.product.year", { amount: wholeMoney(year.amount) })
      : t("web.product.year_change", {
          amount: wholeMoney(year.amount),
          change: signed(percent(grown, 0), grown),
        });
  return sentence(`${first} ${t("web.product.last", { day: dayInWords(last) })}`);
}

export function ProductSold({ id, unit }: { id: number; unit: string }) {
  const { data, error, refetch } = useProductCard(id);
  if (error) return <Trouble error={error} again={() => void refetch()} />;
  if (!data?.all) return null;
  const sold = data as Sold;
  return (
    <>
      <Section title={t("web.product.sold")}>
        <p className={css.sentence}>{inWords(sold)}</p>
        {sold.last && <Facts id={id} unit={unit} sold={sold} />}
      </Section>
      {sold.months.length > 0 && <MonthsChart id={id} months={sold.months} />}
      {sold.buyers.length > 0 && <Buyers id={id} sold={sold} />}
    </>
  );
}

function Facts({ id, unit, sold }: { id: number; unit: string; sold: Sold }) {
  const { from, to, year, all } = sold;
  const share = shareOf(year);
  const known = Number(year.amount) > 0 ? (Number(year.costed) / Number(year.amount)) * 100 : 100;
  const facts = [
    { name: t("web.product.revenue_year"), value: money(year.amount), door: salesOf(id, { from, to }) },
    {
      name: t("web.product.qty_year"),
      value: [trimmed(year.qty), year.qty === null ? "" : unit].filter(Boolean).join(" "),
      door: salesOf(id, { from, to }),
    },
    ...(year.margin === undefined
      ? []
      : [
          {
            name: t("web.product.margin_year"),
            value: money(year.margin),
            door: salesOf(id, { from, to }),
            note: [
              share === null ? "" : t("web.product.margin_share", { share: percent(share) }),
              known < 99.95 ? t("web.product.covered", { share: percent(known) }) : "",
            ]
              .filter(Boolean)
              .join("; "),
          },
        ]),
    {
      name: t("web.product.ever"),
      value: money(all.amount),
      door: salesOf(id),
      note: tn("web.sales.count", all.sales),
    },
  ];
  return (
    <dl className={css.facts}>
      {facts.map(({ name, value, door, note }) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>
            <Link href={door}>{value}</Link>
            {note && <small>{note}</small>}
          </dd>
        </div>
      ))}
    </dl>
  );
}

function Buyers({ id, sold: { from, to, buyers, clients } }: { id: number; sold: Sold }) {
  const margins = buyers.some(({ year }) => year.margin !== undefined);
  return (
    <Section title={t("web.product.buyers")} aside={<span>{tn("web.clients.count", clients)}</span>}>
      <FigureTable
        label={t("web.product.buyers")}
        first={12}
        head={[
          { label: t("head.client"), wide: true },
          { label: t("web.product.revenue_year"), right: true },
          { label: t("web.quantity"), right: true, fold: "phone" },
          ...(margins ? [{ label: t("web.client.margin"), right: true }] : []),
          { label: t("web.product.ever"), right: true, fold: "phone" },
          { label: t("web.client.last_bought"), right: true },
        ]}
        rows={buyers.map(({ client, year, all, last }) => [
          { text: client.title, to: cardPath("client", client.id) },
          { text: money(year.amount), plain: Number(year.amount), to: salesOf(id, { from, to, client: client.id }) },
          { text: trimmed(year.qty), plain: year.qty === null ? undefined : Number(year.qty) },
          ...(margins ? [marginCell(year)] : []),
          { text: money(all.amount), plain: Number(all.amount), to: salesOf(id, { client: client.id }) },
          { text: last ? day(last) : "—", tone: "dim" as const, order: last ?? "" },
        ])}
      />
    </Section>
  );
}

function marginCell(sum: Sum) {
  if (Number(sum.costed) === 0) return { text: "—", tone: "dim" as const };
  const share = shareOf(sum);
  return {
    text: share === null ? money(sum.margin) : `${money(sum.margin)} · ${percent(share, 0)}`,
    plain: Number(sum.margin),
    tone: Number(sum.margin) < 0 ? ("bad" as const) : undefined,
  };
}
