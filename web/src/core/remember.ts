// What this browser remembers for its user: columns, density, colours. Losing it loses nothing of the firm's.
import { useCallback, useSyncExternalStore } from "react";

const listeners = new Set<() => void>();
const parsed = new Map<string, { text: string | null; value: unknown }>();

function read<T>(key: string, fallback: T): T {
  const text = localStorage.getItem(`sbyt.${key}`);
  const held = parsed.get(key);
  if (held && held.text === text) return (held.value ?? fallback) as T;
  let value: unknown = null;
  try {
    value = text === null ? null : JSON.parse(text);
  } catch {
    value = null;
  }
  parsed.set(key, { text, value });
  return (value ?? fallback) as T;
}

export function remember(key: string, value: unknown) {
  localStorage.setItem(`sbyt.${key}`, JSON.stringify(value));
  for (const tell of listeners) tell();
}

export const recall = <T>(key: string, fallback: T): T => read(key, fallback);

function subscribe(tell: () => void) {
  listeners.add(tell);
  window.addEventListener("storage", tell);
  return () => {
    listeners.delete(tell);
    window.removeEventListener("storage", tell);
  };
}

/** A remembered value as React state, the same in every tab. The fallback must be a constant, not made anew at each
 * call. */
export function useRemembered<T>(key: string, fallback: T): [T, (value: T) => void] {
  const value = useSyncExternalStore(subscribe, () => read(key, fallback));
  return [value, useCallback((next: T) => remember(key, next), [key])];
}
