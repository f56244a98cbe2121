// What the base says about one client, priced for it alone, for whoever may look at analyses.
import { useQuery } from "@tanstack/react-query";
import { ask, call } from "@/api/http";
import { may, useSession } from "@/api/useSession";
import type { FindingRow, PriceRow } from "@/record/Finding";

interface Said {
  tables: { items: { rows: FindingRow[] }; prices: { rows: PriceRow[] } };
}

export function useFindings(id: number) {
  const session = useSession();
  return useQuery({
    queryKey: ["analysis", "findings", "about", id],
    queryFn: ({ signal }) => call<Said>("GET", ask("/api/analysis/findings", { about: String(id) }), { signal }),
    enabled: may(session, "analysis", "view"),
    staleTime: 30_000,
    retry: false,
  });
}
