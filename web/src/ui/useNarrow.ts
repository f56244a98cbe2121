// Whether the screen is a phone's.
import { useSyncExternalStore } from "react";

const query = window.matchMedia("(max-width: 48em)");
const subscribe = (tell: () => void) => {
  query.addEventListener("change", tell);
  return () => query.removeEventListener("change", tell);
};

export const useNarrow = () => useSyncExternalStore(subscribe, () => query.matches);
