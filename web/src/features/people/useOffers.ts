// What a newer version says of records that came with the program and were edited since.
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { call, said } from "@/api/http";
import { t } from "@/core/words";
import type { Right } from "@/features/people/rights";
import { tellBad, tellDone } from "@/ui/toasts";

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

/** Says itself how it went: what was answered is no longer there to say so. */
export function useAnswer(how: "take" | "leave") {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ origin, key: of }: Offer) => call("POST", `/api/seed/${how}`, { body: { origin, key: of } }),
    onSuccess: () => tellDone(t(how === "take" ? "web.offers.taken" : "web.offers.left")),
    onError: (error) => tellBad(said(error)),
    onSettled: () => client.invalidateQueries(),
  });
}
