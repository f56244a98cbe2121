// What has the focus may go away with its place: a row that is removed, a menu that closes, a button that is busy. Then
// whatever stood next to it gets the focus, so that the keyboard never has to begin again at the top of the page.
const FOCUSABLE = "a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex]";
const TRAIL = 20;
const SEEN = ["disabled", "data-loading", "style"];
/* Later than whoever closes a box and gives the focus back himself. */
const LATER_MS = 30;
const main = () => document.getElementById("main");

/* Where something stood: what holds it, and what stood before and behind it, from the inside out. */
interface Place {
  parent: Element;
  before: Element | null;
  behind: Element | null;
}

const placesOf = (element: Element): Place[] => {
  const places: Place[] = [];
  for (let at = element; at.parentElement && at !== document.body; at = at.parentElement)
    places.push({ parent: at.parentElement, before: at.previousElementSibling, behind: at.nextElementSibling });
  return places;
};

const takesFocus = (element: Element): element is HTMLElement =>
  element instanceof HTMLElement &&
  element.isConnected &&
  !element.matches(":disabled") &&
  element.getClientRects().length > 0 &&
  !element.closest("[inert]");

const reachable = (element: Element): element is HTMLElement =>
  element.matches(FOCUSABLE) && takesFocus(element) && element.tabIndex >= 0;

const within = (box: Element | null): HTMLElement[] =>
  box?.isConnected ? [box, ...box.querySelectorAll(FOCUSABLE)].filter(reachable) : [];

/* Whole pages and dialogs begin anew: their first control is next to nothing. */
const isWhole = (box: Element) => box.matches("main, [role=dialog], nav");

function nextTo(places: Place[]): HTMLElement | undefined {
  for (const { parent, before, behind } of places) {
    if (!parent.isConnected || parent === document.body || parent.contains(main())) continue;
    if (isWhole(parent)) return takesFocus(parent) && parent.hasAttribute("tabindex") ? parent : within(parent)[0];
    const found = within(behind)[0] ?? within(before).at(-1) ?? within(parent)[0];
    if (found) return found;
  }
  return undefined;
}

/* The dialog above what stands on the page. */
const above = (element: Element): Element | undefined =>
  document.getElementById("root")?.contains(element)
    ? [...document.querySelectorAll("[role=dialog][aria-modal=true]")]
        .filter((dialog) => dialog.getClientRects().length > 0)
        .at(-1)
    : undefined;

/* A button that is busy takes the focus again when it is done. */
const isBusy = (element: Element) => element.isConnected && element.matches(":disabled[data-loading]");

/** Keeps the focus from being lost until the returned function is called. */
export function keepFocus(): () => void {
  let trail: HTMLElement[] = [];
  let places: Place[] = [];
  let wasBusy = false;
  let timer: number | undefined;
  /* A menu gives the focus back to its button when the dialog that it has opened is there already: the button gets it
   * when the dialog has gone. */
  const back = (dialog: Element, held: HTMLElement[]) =>
    (held.find((each) => dialog.contains(each) && takesFocus(each)) ?? within(dialog)[0])?.focus();
  const note = ({ target }: FocusEvent) => {
    if (!(target instanceof HTMLElement) || target === document.body) return;
    const before = trail;
    trail = [target, ...before.filter((each) => each !== target)].slice(0, TRAIL);
    const dialog = above(target);
    if (dialog) return back(dialog, before);
    places = placesOf(target);
    wasBusy = false;
  };
  const mend = () => {
    const held = trail[0];
    if (document.activeElement !== document.body || !held || isBusy(held)) return;
    const next = takesFocus(held) ? wasBusy && held : (nextTo(places) ?? trail.find(takesFocus) ?? main());
    if (next) next.focus({ preventScroll: true });
  };
  const look = () => {
    const held = trail[0];
    if (!held) return;
    wasBusy ||= isBusy(held);
    if (document.activeElement !== document.body && takesFocus(held)) return;
    window.clearTimeout(timer);
    timer = window.setTimeout(mend, LATER_MS);
  };
  const changes = new MutationObserver(look);
  changes.observe(document.body, { subtree: true, childList: true, attributes: true, attributeFilter: SEEN });
  document.addEventListener("focusin", note);
  return () => {
    changes.disconnect();
    window.clearTimeout(timer);
    document.removeEventListener("focusin", note);
  };
}
