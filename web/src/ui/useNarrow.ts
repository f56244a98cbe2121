// Whether the screen is a phone's, or half a desk's.
import { useSyncExternalStore } from "react";

function watched(media: string) {
  const query = window.matchMedia(media);
  const subscribe = (tell: () => void) => {
    query.addEventListener("change", tell);
    return () => query.removeEventListener("change", tell);
  };
  return () => useSyncExternalStore(subscribe, () => query.matches);
}

export const useNarrow = watched("(max-width: 48em)");
export const useHalf = watched("(max-width: 75em)");
