// The entities, fields and verbs of the firm as far as the reader may see them; screens are drawn from this.
import { useSuspenseQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { call } from "@/api/http";
import { inWordsOf } from "@/api/meta";
import type { Entity, Meta } from "@/api/shapes";
import { known, t } from "@/core/words";

export const metaQuery = {
  queryKey: ["meta"],
  queryFn: async () => inWordsOf(await call<Meta>("GET", "/api/meta")),
  staleTime: Infinity,
};

export const useMeta = () => useSuspenseQuery(metaQuery).data;

const ordered = ["money", "qty", "price", "int", "day"];

/* Children as a list of their own: their fields, and behind `parent.` those of the record they belong to. */
function childList(all: Entity[], name: string): Entity | null {
  for (const above of all) {
    const child = above.children.find(({ entity }) => entity === name);
    if (!child) continue;
    const order = above.order ?? "-id";
    return {
      name,
      label: known(`entity.${name}`) ? t(`entity.${name}`) : child.label,
      title: "id",
      order: order.startsWith("-") ? `-parent.${order.slice(1)}` : `parent.${order}`,
      fields: [
        ...child.fields.map((field) => ({ ...field, sort: ordered.includes(field.type) })),
        ...above.fields.map((field) => ({ ...field, name: `parent.${field.name}`, total: false })),
      ],
      children: [],
      verbs: above.verbs.filter((verb) => verb === "view" || verb === "export"),
      above: above.name,
      parent: child.parent,
    };
  }
  return null;
}

/** A list of children as an entity; null when the reader may not see it. */
export function useChildList(name: string): Entity | null {
  const all = useMeta().entities;
  return useMemo(() => childList(all, name), [all, name]);
}

/** One entity; null when the reader may not see it. */
export function useEntity(name: string): Entity | null {
  return useMeta().entities.find((entity) => entity.name === name) ?? null;
}
