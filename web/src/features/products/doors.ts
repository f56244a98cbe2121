// The lists of sales behind the figures of a product's card.
import type { Leaf } from "@/api/shapes";
import { daysAfter, monthsAfter } from "@/core/day";
import { asFilter, listPath } from "@/list/useListUrl";

export const ofProduct = (id: number): Leaf => ({ field: "product_id", op: "is", value: id });

interface Which {
  from?: string;
  to?: string;
  client?: number;
}

/** The lines of all sales with the product. */
export const linesOf = (id: number) => listPath("/r/sale_line", ofProduct(id));

/** The sales in which the product stands, of these days and to this client. */
export function salesOf(id: number, { from, to, client }: Which = {}) {
  const parts: Leaf[] = [ofProduct(id)];
  if (from) parts.push({ field: "day", op: "from", value: from });
  if (to) parts.push({ field: "day", op: "to", value: to });
  if (client) parts.push({ field: "client_id", op: "is", value: client });
  return listPath("/sales", asFilter(parts), "-day");
}

export const salesOfMonth = (id: number, month: string) =>
  salesOf(id, { from: `${month}-01`, to: daysAfter(monthsAfter(`${month}-01`, 1), -1) });
