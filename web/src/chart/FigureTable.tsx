// Figures as a table: the same a chart shows; a figure that opens records is a link.
import { Link } from "wouter";
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
}

export interface Figures {
  head: { label: string; right?: boolean; wide?: boolean; fold?: "half" | "phone" }[];
  rows: (string | Cell)[][];
  foot?: (string | Cell)[];
}

export const cellOf = (cell: string | Cell | undefined): Cell => (typeof cell === "string" ? { text: cell } : (cell ?? { text: "" }));

interface Props extends Figures {
  label: string;
  maxHeight?: number;
  /** On paper only the first rows. */
  brief?: boolean;
}

export function FigureTable({ head, rows, foot, label, maxHeight = 420, brief }: Props) {
  return (
    <Room label={label} maxHeight={maxHeight}>
      <table className={css.table} data-brief={brief || undefined}>
        <thead>
          <tr>
            {head.map((each, at) => (
              <th key={at} scope="col" data-right={each.right || undefined} data-wide={each.wide || undefined} data-fold={each.fold}>
                {each.label}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, at) => (
            <Row key={at} row={row} head={head} />
          ))}
        </tbody>
        {foot && (
          <tfoot>
            <Row row={foot} head={head} />
          </tfoot>
        )}
      </table>
    </Room>
  );
}

function Row({ row, head }: { row: (string | Cell)[]; head: Figures["head"] }) {
  return (
    <tr>
      {head.map(({ right, fold }, at) => {
        const { text, to, tone, full } = cellOf(row[at]);
        return (
          <td key={at} data-right={right || undefined} data-fold={fold} data-tone={tone} title={full}>
            {to ? <Link href={to}>{text}</Link> : text}
          </td>
        );
      })}
    </tr>
  );
}
