// The sales of one client, newest first.
import { useInfiniteQuery } from "@tanstack/react-query";
import { ask, call } from "@/api/http";
import type { Page } from "@/api/shapes";

export const useClientSales = (id: number) =>
  useInfiniteQuery({
    queryKey: ["card", "client", id, "sales"],
    queryFn: ({ pageParam }) => call<Page>("GET", ask(`/api/client/${id}/sales`, { limit: 20, after: pageParam })),
    initialPageParam: "",
    getNextPageParam: (page) => page.next,
  });
