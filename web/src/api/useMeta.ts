// The entities, fields and verbs of the firm as far as the reader may see them; screens are drawn from this.
import { useSuspenseQuery } from "@tanstack/react-query";
import { call } from "@/api/http";
import { inWordsOf } from "@/api/meta";
import type { Entity, Meta } from "@/api/shapes";

export const metaQuery = {
  queryKey: ["meta"],
  queryFn: async () => inWordsOf(await call<Meta>("GET", "/api/meta")),
  staleTime: Infinity,
};

export const useMeta = () => useSuspenseQuery(metaQuery).data;

/** One entity; null when the reader may not see it. */
export function useEntity(name: string): Entity | null {
  return useMeta().entities.find((entity) => entity.name === name) ?? null;
}
