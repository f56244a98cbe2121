// Where a figure leads: the list of exactly the records behind it.
import type { Door, Value } from "@/api/shapes";
import { linkParts } from "@/fields/link";
import { listPath } from "@/list/useListUrl";

const places: Record<string, string> = { client: "/clients", sale: "/sales", product: "/products", user: "/people" };

export const doorPath = (door: Door | null | undefined) =>
  door && places[door.entity] ? listPath(places[door.entity] ?? "/", door.filter, door.sort) : undefined;

/** The card of what a link points at; undefined where it has none. */
export function linkPath(value: Value) {
  const linked = linkParts(value);
  return linked && places[linked.entity] ? cardPath(linked.entity, linked.id) : undefined;
}

export const cardPath = (entity: string, id: number) => `${places[entity] ?? "/"}/${id}`;
