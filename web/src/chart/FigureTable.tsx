// Figures as a table: the same a chart shows, in the order of any column; a figure that opens records is a link. The
// page scrolls, not the table: a long one shows its beginning and more on demand.
import { Button, Group, UnstyledButton } from "@mantine/core";
import { type ReactNode, useState } from "react";
import { Link } from "wouter";
import ArrowDown from "icons/IconArrowDown.mjs";
import ArrowUp from "icons/IconArrowUp.mjs";
import { filledColumns, inOrder, type KeyOrder, nextOrder, type Order } from "@/chart/order";
import { useIsHere } from "@/core/here";
import { whole } from "@/core/number";
import { t } from "@/core/words";
import { Room } from "@/ui/Room";
import css from "@/chart/FigureTable.module.css";

export interface Cell {
  text: string;
  to?: string;
  tone?: "bad" | "warn" | "good" | "dim";
  /** The value in full, shown under the pointer. */
  full?: string;
  /** What a file gets instead of the text. */
  plain?: string | number;
  /** What the rows are put in order by, where that is neither `plain` nor the text. */
  order?: string | number;
}

export interface Head {
  /** What the server calls the column. */
  name?: string;
  label: string;
  right?: boolean;
  wide?: boolean;
  fold?: "half" | "phone";
}

export interface Figures {
  head: Head[];
  rows: (string | Cell)[][];
  foot?: (string | Cell)[];
}

/** Rows that have not come yet: `all` there are, `next` asks for a few, `most` for as many as are put in order at
 * once. */
export interface Rest {
  all: number;
  next: () => void;
  most: () => void;
  /** Has the server put them in order: there are too many to be held here. */
  order?: (order: KeyOrder | null) => void;
  busy: boolean;
}

export const cellOf = (cell: string | Cell | undefined): Cell =>
  typeof cell === "string" ? { text: cell } : (cell ?? { text: "" });

interface Props extends Figures {
  label: string;
  /** So many rows at first. */
  first?: number;
  rest?: Rest;
  /** On paper only the first rows. */
  brief?: boolean;
  /** The rows go on elsewhere: they stand as they came, all of them. */
  goesOn?: boolean;
  /** Columns of nothing are shown too. */
  blanks?: boolean;
}

const FIRST = 25;
const STEP = 100;

export function FigureTable({ head, rows, foot, label, first = FIRST, rest, brief, goesOn, blanks }: Props) {
  const [order, setOrder] = useState<Order | null>(null);
  const [room, setRoom] = useState(first);
  const columns = blanks ? head.map((_, at) => at) : filledColumns(head, rows);
  const all = rest?.all ?? rows.length;
  const elsewhere = rest?.order;
  const shown = goesOn ? rows : (elsewhere ? rows : inOrder(rows, order)).slice(0, room);
  const sort = (at: number) => {
    const next = nextOrder(order, at, head[at]?.right);
    if (elsewhere) elsewhere(next && { key: head[at]?.name ?? "", way: next.way });
    else if (rows.length < all) rest?.most();
    setOrder(next);
  };
  const more = () => {
    if (room + STEP > rows.length && rows.length < all) rest?.next();
    setRoom(room + STEP);
  };
  return (
    <>
      <Room label={label} busy={rest?.busy}>
        <table className={css.table} data-brief={brief || undefined}>
          <thead>
            <tr>
              {columns.map((at) => (
                <Heading
                  key={at}
                  {...(head[at] as Head)}
                  order={order?.at === at ? order.way : undefined}
                  sort={rows.length > 1 && !goesOn ? () => sort(at) : undefined}
                />
              ))}
            </tr>
          </thead>
          <tbody>
            {shown.map((row, at) => (
              <Row key={at} row={row} head={head} columns={columns} />
            ))}
          </tbody>
          {foot && (
            <tfoot>
              <Row row={foot} head={head} columns={columns} />
            </tfoot>
          )}
        </table>
      </Room>
      {shown.length < all && (
        <Group mt="xs" gap="sm">
          <span className={css.shown}>
            {t(order && !elsewhere && rows.length < all ? "web.table.sorted_part" : "web.table.shown", {
              n: whole(shown.length),
              all: whole(all),
              part: whole(rows.length),
            })}
          </span>
          <Button variant="subtle" size="compact-md" className="screen-only" loading={rest?.busy} onClick={more}>
            {t("web.table.more_rows")}
          </Button>
        </Group>
      )}
    </>
  );
}

function Heading({ label, right, wide, fold, order, sort }: Head & { order?: Order["way"]; sort?: () => void }) {
  const Arrow = order === "ascending" ? ArrowUp : ArrowDown;
  return (
    <th scope="col" aria-sort={order} data-right={right || undefined} data-wide={wide || undefined} data-fold={fold}>
      {sort ? (
        <UnstyledButton className={css.sort} onClick={sort}>
          <span>{label}</span>
          {order && <Arrow size={12} aria-hidden className={css.arrow} />}
        </UnstyledButton>
      ) : (
        label
      )}
    </th>
  );
}

function Row({ row, head, columns }: { row: (string | Cell)[]; head: Head[]; columns: number[] }) {
  return (
    <tr>
      {columns.map((at) => {
        const { text, to, tone, full } = cellOf(row[at]);
        return (
          <td
            key={at}
            data-right={head[at]?.right || undefined}
            data-fold={head[at]?.fold}
            data-tone={tone}
            title={full}
          >
            {to ? <Door to={to}>{text}</Door> : text}
          </td>
        );
      })}
    </tr>
  );
}

/* What is chosen already says so. */
function Door({ to, children }: { to: string; children: ReactNode }) {
  const isHere = useIsHere();
  return (
    <Link href={to} aria-current={isHere(to) ? "true" : undefined}>
      {children}
    </Link>
  );
}
