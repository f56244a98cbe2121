// What somebody has typed and not saved: it survives a lost session, a reload and a closed dialog, in this tab, for the
// person who typed it.
import { useCallback, useState } from "react";

const START = "sbyt.draft.";
let whose = START;

/** Whose drafts are read and kept from now on; another person's are gone. */
export function draftsAreOf(user: number) {
  whose = `${START}${user}.`;
  for (const key of Object.keys(sessionStorage))
    if (key.startsWith(START) && !key.startsWith(whose)) sessionStorage.removeItem(key);
}

/** Whoever leaves of his own will leaves nothing behind. */
export function forgetDrafts() {
  for (const key of Object.keys(sessionStorage)) if (key.startsWith(START)) sessionStorage.removeItem(key);
}

function kept<T>(key: string): T | undefined {
  try {
    return JSON.parse(sessionStorage.getItem(key) ?? "null") ?? undefined;
  } catch {
    return undefined;
  }
}

function keep(key: string, value: unknown) {
  try {
    if (value === undefined) sessionStorage.removeItem(key);
    else sessionStorage.setItem(key, JSON.stringify(value));
  } catch {
    // a full store keeps no draft; what is typed stays on the screen
  }
}

/** A draft under a name, as state; undefined: there is none. */
export function useDraft<T>(name: string): [T | undefined, (next: T | undefined) => void] {
  const key = whose + name;
  const [value, setValue] = useState<T | undefined>(() => kept<T>(key));
  const set = useCallback(
    (next: T | undefined) => {
      setValue(next);
      keep(key, next);
    },
    [key],
  );
  return [value, set];
}
