// Tells the style of a table or a row whether it is wider than its box (data-wide), whether there is more to the right
// (data-more) and to the left (data-past).
import { type RefObject, useEffect } from "react";

type Place = RefObject<HTMLDivElement | null>;

export function useRoom(frame: Place, scroller: Place) {
  useEffect(() => {
    const box = scroller.current;
    if (!box) return undefined;
    /* A wide table is drawn narrower: what it needs is measured as it would be otherwise, or it would never rest. */
    const measure = () => {
      if (box.scrollLeft > 0) return;
      frame.current?.removeAttribute("data-wide");
      frame.current?.toggleAttribute("data-wide", box.scrollWidth - box.clientWidth > 1);
    };
    const look = () => {
      frame.current?.toggleAttribute("data-more", box.scrollWidth - box.clientWidth - box.scrollLeft > 1);
      frame.current?.toggleAttribute("data-past", box.scrollLeft > 1);
    };
    const sizes = new ResizeObserver(() => {
      measure();
      look();
    });
    sizes.observe(box);
    if (box.firstElementChild) sizes.observe(box.firstElementChild);
    box.addEventListener("scroll", look, { passive: true });
    return () => {
      sizes.disconnect();
      box.removeEventListener("scroll", look);
    };
  }, [frame, scroller]);
}
