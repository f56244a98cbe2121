// The imports so far, newest first.
import { useInfiniteQuery } from "@tanstack/react-query";
import { ask, call } from "@/api/http";
import type { Import } from "@/features/import/types";

export const useImports = () =>
  useInfiniteQuery({
    queryKey: ["import", "list"],
    queryFn: ({ pageParam }) =>
      call<{ items: Import[]; next: string | null }>("GET", ask("/api/import", { after: pageParam })),
    initialPageParam: "",
    getNextPageParam: (page) => page.next,
  });
