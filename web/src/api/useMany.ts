// The records of a list at once, at most so many.
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { ask, call } from "@/api/http";
import type { Page, Saved } from "@/api/shapes";
import { questionOf, type Wanted } from "@/api/useList";

const PAGE = 200;

interface Found {
  items: Saved[];
  /** There are others. */
  more: boolean;
}

export function useMany(entity: string, wanted: Wanted, most: number, enabled = true) {
  const question = { ...questionOf(wanted), limit: PAGE };
  return useQuery({
    queryKey: ["list", entity, "many", most, question],
    queryFn: async ({ signal }): Promise<Found> => {
      const items: Saved[] = [];
      let after: string | null = "";
      do {
        const page: Page = await call<Page>("GET", ask(`/api/${entity}`, { ...question, after }), { signal });
        items.push(...page.items.map((row) => ({ ...row, ...row._figures })));
        after = page.next;
      } while (after && items.length < most);
      return { items, more: after !== null };
    },
    placeholderData: keepPreviousData,
    enabled,
  });
}
