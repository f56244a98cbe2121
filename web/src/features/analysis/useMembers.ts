// The members of a class or cell, page by page; the first page came with the answer.
import { useInfiniteQuery } from "@tanstack/react-query";
import { call } from "@/api/http";
import { type Answer, rowsOf } from "@/features/analysis/answers";
import { analysisPath, type Settings } from "@/features/analysis/useAnalysis";

export const allOf = (answer: Answer | undefined) => Number((answer && rowsOf<{ items: number }>(answer, "total")[0]?.items) ?? 0);

export function useMembers(name: string, settings: Settings, first: Answer) {
  return useInfiniteQuery({
    queryKey: ["analysis", name, settings, "members", first.settings, first.sentence], // while another cell is being fetched, `first` is still of the last one
    queryFn: ({ pageParam }) => call<Answer>("GET", analysisPath(name, settings, { skip: String(pageParam) })),
    initialPageParam: 0,
    initialData: { pages: [first], pageParams: [0] },
    getNextPageParam: (_, pages) => {
      const held = pages.reduce((sum, page) => sum + rowsOf(page, "items").length, 0);
      return held > 0 && held < allOf(pages[0]) ? held : undefined;
    },
    staleTime: Infinity,
  });
}
