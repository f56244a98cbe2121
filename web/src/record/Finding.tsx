// One thing the base says: what holds, what to do about it, what that could bring or save in a year, and how the price
// came about.
import { Button, Paper } from "@mantine/core";
import { useState } from "react";
import { Link } from "wouter";
import ArrowRight from "icons/IconArrowRight.mjs";
import { day } from "@/core/day";
import { wholeMoney } from "@/core/number";
import { sentence, t, tn } from "@/core/words";
import css from "@/record/Finding.module.css";

export interface FindingRow {
  item: number;
  kind: string;
  text: string;
  verb: string;
  to: string;
  client: { id: number; name: string } | null;
}

export interface PriceRow {
  item: number;
  finding: string;
  kind: string;
  worth: string | null;
  said: string;
  reckoning: string | null;
  clients: number;
  base: string;
  as_of: string | null;
  of: number | null;
  before: string | null;
  turners: number | null;
  turned: string | null;
}

interface Props {
  row: FindingRow;
  prices: PriceRow[];
  /** Where a door of the answer leads from this screen. */
  path: (to: string) => string;
  /** It stands on its client's card: there is no need to lead there. */
  onCard?: boolean;
}

export function Finding({ row, prices, path, onCard }: Props) {
  return (
    <Paper component="li" withBorder radius="md" className={css.finding}>
      <p className={css.text}>{sentence(row.text)}</p>
      <p className={css.deed}>{row.verb}</p>
      {prices.map((price) => (
        <Price key={price.finding} price={price} path={path} alone={row.client !== null} />
      ))}
      {!(onCard && row.client) && (
        <Button
          component={Link}
          href={path(row.to)}
          variant="light"
          size="compact-md"
          mt="xs"
          className="screen-only"
          rightSection={<ArrowRight size={15} />}
        >
          {t(row.client ? "web.findings.card" : prices.length ? "web.findings.clients" : "web.findings.look")}
        </Button>
      )}
    </Paper>
  );
}

function Price({ price, path, alone }: { price: PriceRow; path: Props["path"]; alone: boolean }) {
  const [open, setOpen] = useState(false);
  if (!price.reckoning || !price.as_of)
    return (
      <p className={css.price} data-known={price.worth !== null || undefined}>
        {sentence(price.said)}
      </p>
    );
  return (
    <details className={css.how} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>
        <span className={css.price} data-known>
          {sentence(price.said)}
        </span>{" "}
        <span className={css.ask}>{t("web.findings.how")}</span>
      </summary>
      {open && <Reckoning price={price} path={path} alone={alone} />}
    </details>
  );
}

/* The parts the price multiplies out from. Of one client alone the first is that client, whose card is its door. */
function Reckoning({ price, path, alone }: { price: PriceRow; path: Props["path"]; alone: boolean }) {
  const lines = [
    [t("web.findings.part.now"), price.clients, price.base, "now"],
    [t("web.findings.part.then", { day: day(price.as_of) }), price.of, price.before, "then"],
    [t(`web.findings.turned_${price.finding}`), price.turners, price.turned, "turned"],
  ] as const;
  return (
    <>
      <p className={css.reckoning}>{price.reckoning}</p>
      <table className={css.parts}>
        <tbody>
          {lines.map(([label, clients, amount, part]) => {
            const text = tn("web.clients.count", Number(clients));
            const to = path(`/analysis/finding?cell=${price.finding}.${part}`);
            return (
              <tr key={part}>
                <th scope="row">{label}</th>
                <td>{alone && part === "now" ? text : <Link href={to}>{text}</Link>}</td>
                <td className={css.amount}>{wholeMoney(String(amount))}</td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </>
  );
}
