// An action is a value: a name, a label, perhaps a key, and what it does. Buttons, the palette and the keyboard read
// the same list.
import { useEffect, useRef } from "react";
import { signal } from "@/core/signal";

export interface Action {
  name: string;
  label: string;
  key?: string;
  /** Shown in the list of keys, yet not offered in the palette. */
  quiet?: boolean;
  run: () => void;
}

interface Offer {
  id: number;
  actions: Action[];
}

export const offers = signal<Offer[]>([]);
let last = 0;

/** Offers actions for as long as the component is shown; the newest offer of a key wins. */
export function useActions(actions: Action[]) {
  const current = useRef(actions);
  current.current = actions;
  const shape = actions.map((action) => `${action.name} ${action.label} ${action.key ?? ""}`).join("|");
  useEffect(() => {
    const id = ++last;
    const live = current.current.map((action, at) => ({ ...action, run: () => current.current[at]?.run() }));
    offers.set((before) => [...before, { id, actions: live }]);
    return () => offers.set((before) => before.filter((offer) => offer.id !== id));
  }, [shape]);
}

const typing = (target: EventTarget | null) =>
  target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName));

const nameOf = (event: KeyboardEvent) =>
  event.ctrlKey || event.metaKey ? (event.code === "KeyK" ? "mod+k" : "") : event.altKey ? "" : event.key;

/* A Russian layout types other letters on the same keys: j k e x m answer there too. */
const LATIN: Record<string, string> = { KeyJ: "j", KeyK: "k", KeyE: "e", KeyX: "x", KeyM: "m", Slash: "/" };

function wanted(event: KeyboardEvent): string[] {
  const name = nameOf(event);
  const same = !event.ctrlKey && !event.metaKey && !event.altKey && !event.shiftKey ? LATIN[event.code] : undefined;
  return same ? [name, same] : [name];
}

const insideDialog = (target: EventTarget | null) =>
  target instanceof Element && target.closest("[role=dialog]") !== null;

export function listenToKeys() {
  const onKey = (event: KeyboardEvent) => {
    const names = wanted(event);
    if (event.defaultPrevented || ((typing(event.target) || insideDialog(event.target)) && names[0] !== "mod+k"))
      return;
    if (names[0] === "Enter" && event.target instanceof Element && event.target.closest("a,button,summary")) return;
    const all = offers.get().flatMap((offer) => offer.actions);
    const action = names.map((name) => all.findLast((each) => each.key === name)).find(Boolean);
    if (!action) return;
    event.preventDefault();
    action.run();
  };
  window.addEventListener("keydown", onKey);
  return () => window.removeEventListener("keydown", onKey);
}
