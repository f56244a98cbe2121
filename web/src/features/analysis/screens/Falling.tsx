// Who buys less than they used to, and whose purchase is overdue: with the money at stake.
import { t } from "@/core/words";
import { figuresOf } from "@/features/analysis/figures";
import { Parts } from "@/features/analysis/Parts";
import type { ScreenProps } from "@/features/analysis/screen";
import { TableBox } from "@/features/analysis/TableBox";

/* So many rows the answer lists at most. */
const LISTED = 200;

export default function Falling({ data }: ScreenProps) {
  return (
    <Parts wide>
      {["falling", "late"].map((name) => {
        const table = data.tables[name];
        return table && <TableBox key={name} title={table.title} note={<p>{t(`web.falling.${name}_note`)} {table.rows.length === LISTED && t("web.falling.first", { n: LISTED })}</p>} maxHeight={520} table={figuresOf(table)} />;
      })}
    </Parts>
  );
}
