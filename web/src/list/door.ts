// Where a figure leads: the list of exactly the records behind it.
import type { Door } from "@/api/shapes";
import { listPath } from "@/list/useListUrl";

const places: Record<string, string> = { client: "/clients", sale: "/sales", product: "/products", user: "/people" };

export const doorPath = (door: Door | null | undefined) =>
  door && places[door.entity] ? listPath(places[door.entity] ?? "/", door.filter, door.sort) : undefined;

export const cardPath = (entity: string, id: number) => `${places[entity] ?? "/"}/${id}`;
