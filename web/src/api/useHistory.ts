// What happened to a record, newest first.
import { useInfiniteQuery } from "@tanstack/react-query";
import { ask, call } from "@/api/http";
import type { Event } from "@/api/shapes";

export function useHistory(entity: string, id: number) {
  return useInfiniteQuery({
    queryKey: ["history", entity, id],
    queryFn: ({ pageParam }) =>
      call<{ items: Event[]; next: string | null }>("GET", ask(`/api/${entity}/${id}/history`, { after: pageParam })),
    initialPageParam: "",
    getNextPageParam: (page) => page.next,
  });
}
