// How many records in sight meet a condition now.
import { useQuery } from "@tanstack/react-query";
import { call } from "@/api/http";
import type { Filter } from "@/api/shapes";

export const useEntityCount = (entity: string, filter: Filter) =>
  useQuery({
    queryKey: [entity, "count", filter],
    queryFn: () =>
      call<{ count: number }>("GET", `/api/${entity}/count?filter=${encodeURIComponent(JSON.stringify(filter))}`),
  }).data?.count;
