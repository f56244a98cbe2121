// A value that lives outside React and tells whoever watches it: toasts, the palette, the list under the keys.
import { useSyncExternalStore } from "react";

export interface Signal<T> {
  get: () => T;
  set: (next: T | ((before: T) => T)) => void;
  subscribe: (tell: () => void) => () => void;
}

export function signal<T>(first: T): Signal<T> {
  let value = first;
  const listeners = new Set<() => void>();
  return {
    get: () => value,
    set: (next) => {
      value = typeof next === "function" ? (next as (before: T) => T)(value) : next;
      for (const tell of listeners) tell();
    },
    subscribe: (tell) => {
      listeners.add(tell);
      return () => listeners.delete(tell);
    },
  };
}

export const useSignal = <T>(source: Signal<T>): T => useSyncExternalStore(source.subscribe, source.get);
