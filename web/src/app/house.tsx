// The client behind the door.
import "@mantine/core/styles.css";
import "@/app/base.css";
import { createRoot } from "react-dom/client";
import { App, knows } from "@/app/App";
import { fetchScreen } from "@/app/routes";
import type { Who } from "@/api/who";

void fetchScreen(location.pathname).catch(() => undefined);

/** `who` is what the door has been told of whoever comes; undefined: it was told nothing. */
export function enter(root: HTMLElement, who: Who | undefined) {
  if (who) knows(who);
  createRoot(root).render(<App />);
}
