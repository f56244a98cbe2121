// Escape leaves the innermost thing that is open: a list of choices or a calendar in the box, and only then the box.
import { type KeyboardEvent, useRef } from "react";

const somethingOpen = (box: Element) =>
  [...box.querySelectorAll("[role=listbox], [data-dates-dropdown]")].some((inner) => inner.getClientRects().length > 0);

/** What a box hears of the keys, that Escape may leave it and nothing around it. */
export function useEscape(leave: () => void) {
  const inner = useRef(false);
  return {
    onKeyDownCapture: (event: KeyboardEvent) => (inner.current = somethingOpen(event.currentTarget)),
    onKeyDown: (event: KeyboardEvent) => {
      if (event.key !== "Escape" || inner.current) return;
      event.stopPropagation();
      leave();
    },
  };
}
