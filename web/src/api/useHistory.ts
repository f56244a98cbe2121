// What happened to a record, or to all of its kind where the server tells that, newest first.
import { useInfiniteQuery } from "@tanstack/react-query";
import { ask, call } from "@/api/http";
import type { Event } from "@/api/shapes";

export function useHistory(entity: string, id?: number) {
  return useInfiniteQuery({
    queryKey: ["history", entity, id ?? "all"],
    queryFn: ({ pageParam }) =>
      call<{ items: Event[]; next: string | null }>(
        "GET",
        ask(id ? `/api/${entity}/${id}/history` : `/api/${entity}/changes`, { after: pageParam }),
      ),
    initialPageParam: "",
    getNextPageParam: (page) => page.next,
  });
}
