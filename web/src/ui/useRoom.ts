// Tells the style of a table whether it is wider than its box (data-wide) and whether there is more to the right (data-more).
import { type RefObject, useEffect } from "react";

type Place = RefObject<HTMLDivElement | null>;

export function useRoom(frame: Place, scroller: Place) {
  useEffect(() => {
    const box = scroller.current;
    if (!box) return undefined;
    const look = () => {
      const over = box.scrollWidth - box.clientWidth;
      frame.current?.toggleAttribute("data-wide", over > 1);
      frame.current?.toggleAttribute("data-more", over - box.scrollLeft > 1);
    };
    const sizes = new ResizeObserver(look);
    sizes.observe(box);
    if (box.firstElementChild) sizes.observe(box.firstElementChild);
    box.addEventListener("scroll", look, { passive: true });
    return () => {
      sizes.disconnect();
      box.removeEventListener("scroll", look);
    };
  }, [frame, scroller]);
}
