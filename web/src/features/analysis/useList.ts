// One list of an answer, page by page; the first page came with the answer.
import { useInfiniteQuery } from "@tanstack/react-query";
import { call } from "@/api/http";
import { type Answer, rowsOf } from "@/features/analysis/answers";
import { analysisPath, type Settings } from "@/features/analysis/useAnalysis";

interface Size {
  list: string;
  items: number;
  amount: string | null;
}

/** How many rows a list has on all its pages, and what they come to. */
export function sizeOf(answer: Answer, list: string) {
  const size = rowsOf<Size>(answer, "lists").find((each) => each.list === list) ?? (list === "items" ? rowsOf<Size>(answer, "total")[0] : undefined);
  return { all: Number(size?.items ?? 0), amount: size?.amount ?? undefined };
}

export function useList(name: string, settings: Settings, first: Answer, list: string) {
  const which: Settings = first.tables.lists ? { list } : {};
  return useInfiniteQuery({
    queryKey: ["analysis", name, settings, "list", list, first.settings, first.sentence], // while another cell is being fetched, `first` is still of the last one
    queryFn: ({ pageParam }) => call<Answer>("GET", analysisPath(name, settings, { ...which, skip: String(pageParam) })),
    initialPageParam: 0,
    initialData: { pages: [first], pageParams: [0] },
    getNextPageParam: (_, pages) => {
      const held = pages.reduce((sum, page) => sum + rowsOf(page, list).length, 0);
      return held > 0 && held < sizeOf(first, list).all ? held : undefined;
    },
    staleTime: Infinity,
  });
}
