// What a list shows stands in the address: the search, the filter, the order. A link to a colleague shows the same.
import { useMemo } from "react";
import { useSearchParams } from "wouter";
import type { Filter, Leaf } from "@/api/shapes";

export interface ListUrl {
  search: string;
  parts: Filter[];
  filter: Filter | null;
  sort: string;
  setSearch: (text: string) => void;
  setParts: (parts: Filter[]) => void;
  setSort: (sort: string) => void;
}

export const isLeaf = (filter: Filter): filter is Leaf => "field" in filter;

/* An address may hold anything: what is no condition is none. */
const isFilter = (value: unknown): value is Filter =>
  typeof value === "object" &&
  value !== null &&
  (("field" in value && typeof value.field === "string" && "op" in value && typeof value.op === "string") ||
    ("not" in value && isFilter(value.not)) ||
    (["all", "any"] as const).some((kind) => kind in value && isFilters((value as Record<string, unknown>)[kind])));
const isFilters = (value: unknown): value is Filter[] => Array.isArray(value) && value.every(isFilter);

function partsOf(text: string | null): Filter[] {
  try {
    const filter: unknown = JSON.parse(text ?? "[]");
    if (!isFilter(filter)) return [];
    return "all" in filter ? filter.all : [filter];
  } catch {
    return [];
  }
}

export const asFilter = (parts: Filter[]): Filter | null => (parts.length > 1 ? { all: parts } : (parts[0] ?? null));

/** The address of a list that shows exactly this. */
export function listPath(path: string, filter?: Filter | null, sort?: string) {
  const query = new URLSearchParams();
  if (filter) query.set("filter", JSON.stringify(filter));
  if (sort) query.set("sort", sort);
  return query.size ? `${path}?${query}` : path;
}

export function useListUrl(defaultSort: string): ListUrl {
  const [query, setQuery] = useSearchParams();
  const text = query.get("filter");
  const parts = useMemo(() => partsOf(text), [text]);
  const filter = useMemo(() => asFilter(parts), [parts]);
  const put = (name: string, value: string, replace: boolean) =>
    setQuery(
      (before) => {
        const next = new URLSearchParams(before);
        if (value) next.set(name, value);
        else next.delete(name);
        return next;
      },
      { replace },
    );
  return {
    search: query.get("search") ?? "",
    parts,
    filter,
    sort: query.get("sort") ?? defaultSort,
    setSearch: (next) => put("search", next, true),
    setParts: (next) => put("filter", next.length ? JSON.stringify(asFilter(next)) : "", false),
    setSort: (next) => put("sort", next === defaultSort ? "" : next, false),
  };
}
