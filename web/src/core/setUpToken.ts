// The one-time token of the printed address. It is taken out of the address before anything is shown, so that no
// history, bookmark or screenshot keeps it, and lasts as long as the page.
let came = "";
const listeners = new Set<() => void>();

const partsOf = (text: string) => new URLSearchParams(text.replace(/^[?#]/, ""));

function without(sign: "?" | "#", text: string) {
  const parts = partsOf(text);
  if (!parts.has("token")) return text;
  parts.delete("token");
  return parts.size ? `${sign}${parts}` : "";
}

function take() {
  const { pathname, search, hash } = window.location;
  const token = partsOf(search).get("token") ?? partsOf(hash).get("token");
  if (token === null) return;
  came = token.trim();
  window.history.replaceState(null, "", pathname + without("?", search) + without("#", hash));
  for (const tell of listeners) tell();
}

/** Takes it from the address, now and whenever the printed address is pasted into this very window. */
export function takeSetUpToken() {
  take();
  window.addEventListener("hashchange", take);
}

/** What was taken; empty where none came. */
export const setUpToken = () => came;

export function onSetUpToken(tell: () => void) {
  listeners.add(tell);
  return () => void listeners.delete(tell);
}
