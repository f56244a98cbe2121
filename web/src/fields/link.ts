// What a link says: "client:42".
import type { Title, Value } from "@/api/shapes";
import { known, t } from "@/core/words";

export function linkParts(value: Value): { entity: string; id: number } | null {
  const [entity, id] = typeof value === "string" ? value.split(":") : [];
  return entity && id ? { entity, id: Number(id) } : null;
}

export const kindName = (entity: string) => (known(`entity.${entity}`) ? t(`entity.${entity}`) : entity);

/** Clients: Zarya */
export const linkText = (value: Value, title?: Title) =>
  `${kindName(linkParts(value)?.entity ?? "")}: ${title?.title ?? "…"}`;
