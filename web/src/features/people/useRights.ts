// What can be granted at all: each place with its verbs, and whether it tells whose rows.
import { useQuery } from "@tanstack/react-query";
import { call } from "@/api/http";

export interface Grantable {
  entity: string;
  scoped: boolean;
  counts?: string; // the entity whose rows are counted there: its groups are hidden there too
  verbs: string[];
}

export const useRights = () =>
  useQuery({
    queryKey: ["rights"],
    queryFn: () => call<{ items: Grantable[] }>("GET", "/api/rights"),
    staleTime: Infinity,
  });
