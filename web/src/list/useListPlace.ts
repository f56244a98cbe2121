// The reader's place in a list: the chosen row and how far it is scrolled. Coming back to the same address finds both.
import { type RefObject, useEffect, useLayoutEffect, useReducer, useState } from "react";
import { useLocation, useSearch } from "wouter";
import type { Saved } from "@/api/shapes";
import { leftAt, type Place, placeAt } from "@/core/place";

export function useListPlace(rows: Saved[]) {
  const [location] = useLocation();
  const [path] = useState(location);
  const query = useSearch();
  const address = query ? `${path}?${query}` : path;
  const place = placeAt(address);
  const [, redraw] = useReducer((times: number) => times + 1, 0);
  useEffect(() => {
    leftAt(path, address);
  }, [path, address]);
  const at = () => (place.row === null ? -1 : rows.findIndex((row) => row.id === place.row));
  const choose = (index: number) => {
    place.row = rows[index]?.id ?? null;
    redraw();
  };
  const move = (step: number) => choose(Math.max(0, Math.min(rows.length - 1, at() + step)));
  return { place, chosen: at(), choose, move };
}

/** Scrolls a box to where it was, and notes where it is. */
export function useKeptScroll(scroller: RefObject<HTMLElement | null>, place: Place) {
  useLayoutEffect(() => {
    const box = scroller.current;
    if (!box) return undefined;
    box.scrollTop = place.top;
    const keep = () => {
      place.top = box.scrollTop;
    };
    box.addEventListener("scroll", keep, { passive: true });
    return () => box.removeEventListener("scroll", keep);
  }, [scroller, place]);
}
