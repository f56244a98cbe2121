// What a newer version says of records that came with the program and were edited since.
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { call } from "@/api/http";
import type { Right } from "@/features/people/rights";

/** Of what the offer speaks: fields by name, and lists. */
export interface Side {
  rights?: Right[];
  [field: string]: unknown;
}

export interface Offer {
  origin: string;
  key: string;
  entity: string;
  record: number;
  title: string;
  at: string;
  stands: Side;
  offered: Side;
}

const key = ["seed"];

export const useOffers = (enabled: boolean) =>
  useQuery({ queryKey: key, queryFn: () => call<{ items: Offer[] }>("GET", "/api/seed"), enabled });

export function useAnswer(how: "take" | "leave") {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ origin, key: of }: Offer) => call("POST", `/api/seed/${how}`, { body: { origin, key: of } }),
    onSettled: () => client.invalidateQueries(),
  });
}
