// The lists in which a record of this entity is seen: its own, and those of its children, whose rows say what it says.
import type { QueryClient } from "@tanstack/react-query";
import type { Meta } from "@/api/shapes";
import { metaQuery } from "@/api/useMeta";

export function listedWith(client: QueryClient, entity: string): string[] {
  const meta = client.getQueryData<Meta>(metaQuery.queryKey);
  const children = meta?.entities.find(({ name }) => name === entity)?.children ?? [];
  return [entity, ...children.flatMap((child) => child.entity ?? [])];
}
