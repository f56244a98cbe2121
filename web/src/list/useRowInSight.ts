// The chosen row of a list is in sight and has the focus, unless somebody is typing elsewhere.
import { type RefObject, useEffect } from "react";

const types = (element: Element | null) => element?.matches("input, textarea, [role=dialog] *") ?? false;

/* Scrolls no further than it takes; what stands in the scroller beside the rows, a head and totals, lies on them. */
function bringInSight(scroller: HTMLElement, index: number, height: number) {
  const rows = scroller.querySelector<HTMLElement>("[data-rows]");
  if (!rows) return;
  const room = scroller.clientHeight - (scroller.scrollHeight - rows.offsetHeight);
  const top = index * height;
  if (top < scroller.scrollTop) scroller.scrollTop = top;
  else if (top + height > scroller.scrollTop + room) scroller.scrollTop = top + height - room;
}

/* Rows are drawn some frames after they have come into sight. */
const FRAMES = 60;

export function useRowInSight(
  scroller: RefObject<HTMLElement | null>,
  chosen: number,
  height: number,
  selector: string,
) {
  useEffect(() => {
    const box = scroller.current;
    if (chosen < 0 || !box) return undefined;
    bringInSight(box, chosen, height);
    let frame = 0;
    const focus = (left: number) => {
      const row = box.querySelector<HTMLElement>(selector);
      if (!row && left > 0) frame = requestAnimationFrame(() => focus(left - 1));
      else if (row && !row.contains(document.activeElement) && !types(document.activeElement))
        row.focus({ preventScroll: true });
    };
    frame = requestAnimationFrame(() => focus(FRAMES));
    return () => cancelAnimationFrame(frame);
  }, [scroller, chosen, height, selector]);
}
