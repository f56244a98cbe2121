// One list of an answer, page by page; the first page came with the answer.
import { keepPreviousData, useInfiniteQuery } from "@tanstack/react-query";
import { call, said } from "@/api/http";
import { type Answer, rowsOf } from "@/features/analysis/answers";
import { analysisPath, type Settings } from "@/features/analysis/useAnalysis";
import type { KeyOrder } from "@/chart/order";
import { tellBad } from "@/ui/toasts";

interface Fetched {
  hasNextPage: boolean;
  data?: { pages: Answer[] };
}

interface Size {
  list: string;
  items: number;
  amount: string | null;
}

/** How many rows a list has on all its pages, and what they come to. */
export function sizeOf(answer: Answer, list: string) {
  const size =
    rowsOf<Size>(answer, "lists").find((each) => each.list === list) ??
    (list === "items" ? rowsOf<Size>(answer, "total")[0] : undefined);
  return { all: Number(size?.items ?? 0), amount: size?.amount ?? undefined };
}

/* So many rows are fetched to be put in order here; a longer list is put in order by the server, page by page. */
const MOST = 2000;

export function useList(name: string, settings: Settings, first: Answer, list: string, order: KeyOrder | null) {
  const which: Settings = {
    ...(first.tables.lists ? { list } : {}),
    ...(order ? { sort: (order.way === "descending" ? "-" : "") + order.key } : {}),
  };
  const query = useInfiniteQuery({
    // While another cell is being fetched, `first` is still of the last one.
    queryKey: ["analysis", name, settings, "list", list, order, first.settings, first.sentence],
    queryFn: ({ pageParam }) =>
      call<Answer>("GET", analysisPath(name, settings, { ...which, skip: String(pageParam) })),
    initialPageParam: 0,
    initialData: order ? undefined : { pages: [first], pageParams: [0] },
    placeholderData: keepPreviousData,
    getNextPageParam: (_, pages) => {
      const held = pages.reduce((sum, page) => sum + rowsOf(page, list).length, 0);
      return held > 0 && held < sizeOf(first, list).all ? held : undefined;
    },
    staleTime: Infinity,
  });
  const held = (pages: Answer[]) => pages.reduce((sum, page) => sum + rowsOf(page, list).length, 0);
  const fetch = async (upTo: number) => {
    for (let now: Fetched = query; now.hasNextPage && held(now.data?.pages ?? []) < upTo; ) {
      const then = await query.fetchNextPage();
      if (then.isError || !then.data) return tellBad(said(then.error));
      now = { hasNextPage: then.hasNextPage, data: then.data };
    }
  };
  const { pages } = query.data ?? { pages: [first] };
  return {
    pages,
    next: () => void fetch(held(pages) + 1),
    most: () => void fetch(MOST),
    isLong: sizeOf(first, list).all > MOST,
    busy: query.isFetchingNextPage || query.isPlaceholderData,
  };
}
