// What a list shows stands in the address: the search, the filter, the order, the shape. A link to a colleague shows
// the same.
import { useMemo } from "react";
import { useSearchParams } from "wouter";
import type { Filter } from "@/api/shapes";
import { isFilter } from "@/list/conditions";
import { isShape, type Shape } from "@/list/shapes";

/** What a list kept under a name says. */
export interface Kept {
  id: number;
  filter: Filter | null;
  search: string;
  sort: string;
  shape: Shape;
  /** By what it has its shape; empty: by what is usual. */
  shape_by: string;
}

export interface ListUrl {
  search: string;
  parts: Filter[];
  filter: Filter | null;
  sort: string;
  shape: Shape;
  shapeBy: string;
  /** The order without any said. */
  usualSort: string;
  /** The kept list that is named; empty: none. */
  view: string;
  /** Nothing is said at all. */
  bare: boolean;
  /** The conditions are said, be it that there are none. */
  said: boolean;
  partsOf: (filter: Filter | null) => Filter[];
  take: (kept: Kept, replace?: boolean) => void;
  setSearch: (text: string) => void;
  setParts: (parts: Filter[]) => void;
  setSort: (sort: string) => void;
  setShape: (shape: Shape, by?: string) => void;
  /** Without search and conditions. */
  widen: () => void;
}

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

const partsIn = (filter: Filter | null): Filter[] => (filter === null ? [] : "all" in filter ? filter.all : [filter]);

/** Where a kept list is seen; its address says all it stands for. */
export function viewPath(path: string, { id, filter, search, sort, shape, shape_by: by }: Kept) {
  const query = new URLSearchParams({ view: String(id), filter: filter ? JSON.stringify(filter) : "[]" });
  if (search) query.set("search", search);
  if (sort) query.set("sort", sort);
  if (shape !== "list") query.set("shape", shape);
  if (by) query.set("by", by);
  return `${path}?${query}`;
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
        else if (name === "filter" && next.has("view")) next.set(name, "[]");
        else next.delete(name);
        return next;
      },
      { replace },
    );
  const take = (kept: Kept, replace = false) => setQuery(new URLSearchParams(viewPath("", kept).slice(1)), { replace });
  return {
    usualSort: defaultSort,
    view: query.get("view") ?? "",
    bare: query.size === 0,
    said: query.has("filter"),
    partsOf: partsIn,
    take,
    search: query.get("search") ?? "",
    parts,
    filter,
    sort: query.get("sort") ?? defaultSort,
    shape: isShape(query.get("shape")) ? (query.get("shape") as Shape) : "list",
    shapeBy: query.get("by") ?? "",
    setSearch: (next) => put("search", next, true),
    setParts: (next) => put("filter", next.length ? JSON.stringify(asFilter(next)) : "", false),
    widen: () =>
      setQuery((before) => {
        const next = new URLSearchParams(before);
        next.delete("search");
        if (next.has("view")) next.set("filter", "[]");
        else next.delete("filter");
        return next;
      }),
    setSort: (next) => put("sort", next === defaultSort ? "" : next, false),
    setShape: (shape, by = "") =>
      setQuery((before) => {
        const next = new URLSearchParams(before);
        for (const name of ["shape", "by", "at", "span"]) next.delete(name);
        if (shape !== "list") next.set("shape", shape);
        if (by) next.set("by", by);
        return next;
      }),
  };
}
