// To whom a record is lent, lending it and taking it back.
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { call } from "@/api/http";
import { day, dayOf, daysAfter } from "@/core/day";
import { t } from "@/core/words";

export type Level = "look" | "work";

export interface Loan {
  user: number;
  name: string;
  /** null: as long as the work is open that it was made for */
  until: string | null;
  level: Level;
  why: string;
  by: string;
  for_work: boolean;
  may_end: boolean;
}

export interface Loans {
  items: Loan[];
  may_give: boolean;
  may_give_work: boolean;
}

export interface Lending {
  user: number;
  until: string;
  level: Level;
  why?: string;
}

/** It ends at midnight behind its last day. */
export const lastDay = (until: string) => day(daysAfter(dayOf(until), -1));

export const lineOf = ({ name, level, until }: Loan) =>
  until ? t(`web.lend.line.${level}`, { name, day: lastDay(until) }) : t("web.lend.line.open", { name });

export const useLoans = (record: string, asked = true) =>
  useQuery({
    enabled: asked,
    queryKey: ["given", record],
    queryFn: () => call<Loans>("GET", `/api/given?record=${encodeURIComponent(record)}`),
  });

export function useLend(record: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (loan: Lending) => call("POST", "/api/given", { body: { record, ...loan } }),
    onSuccess: () => client.invalidateQueries({ queryKey: ["given", record] }),
  });
}

export function useTakeBack(record: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (user: number) => call("POST", "/api/given/end", { body: { record, user } }),
    onSuccess: () => client.invalidateQueries({ queryKey: ["given", record] }),
  });
}
