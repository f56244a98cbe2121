// What a product sold, for whoever may see sales; margins where costs are told.
import { useQuery } from "@tanstack/react-query";
import { call } from "@/api/http";
import type { Title } from "@/api/shapes";

export interface Sum {
  amount: string;
  /** Null where nobody knows that of some line. */
  qty: string | null;
  sales: number;
  margin?: string;
  /** The part of the amount whose cost is known. */
  costed?: string;
}

export interface Sold {
  from: string;
  to: string;
  year: Sum;
  year_before: Sum;
  all: Sum;
  first: string | null;
  last: string | null;
  months: (Sum & { month: string })[];
  clients: number;
  buyers: { client: Title; year: Sum; all: Sum; last: string | null }[];
}

export const useProductCard = (id: number) =>
  useQuery({
    queryKey: ["card", "product", id],
    queryFn: () => call<Partial<Sold>>("GET", `/api/product/${id}/card`),
  });
