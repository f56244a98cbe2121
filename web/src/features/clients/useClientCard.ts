// What a client's card shows beside the record: classes, and for whoever may see the client's sales rhythm, revenue by
// month, products, totals.
import { useQuery } from "@tanstack/react-query";
import { call } from "@/api/http";
import type { Title } from "@/api/shapes";

export interface ClientWorth {
  rhythm: {
    purchases: number;
    rhythm: string | null;
    last: string | null;
    next_expected: string | null;
    /** The day the firm is looked from: status and lateness are of that day. */
    as_of: string;
    days_late: number;
    days: { day: string; amount: string }[];
  };
  revenue: { month: string; amount: string; margin?: string }[];
  products: { product: Title | null; amount: string; qty: string | null; last: string }[];
  totals: {
    revenue: string;
    year: string;
    year_before: string;
    margin?: string;
    sales: number;
    first: string | null;
    last: string | null;
  };
}

export type ClientCard = { classes: { kind: string; value: string; since: string }[] } & (
  | ClientWorth
  | { totals?: undefined }
);

export const useClientCard = (id: number) =>
  useQuery({ queryKey: ["card", "client", id], queryFn: () => call<ClientCard>("GET", `/api/client/${id}/card`) });
