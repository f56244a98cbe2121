// Short messages at the edge of the screen: what was done, with a way back for ten seconds, or what went wrong.
import { signal } from "@/core/signal";

export interface Toast {
  id: number;
  kind: "done" | "note" | "bad";
  text: string;
  undo?: () => void;
}

export const toasts = signal<Toast[]>([]);
let last = 0;

export const dismiss = (id: number) => toasts.set((before) => before.filter((toast) => toast.id !== id));

function show(toast: Omit<Toast, "id">, seconds: number) {
  const id = ++last;
  toasts.set((before) => [...before.slice(-2), { ...toast, id }]);
  window.setTimeout(() => dismiss(id), seconds * 1000);
}

export const tellDone = (text: string, undo?: () => void) => show({ kind: "done", text, undo }, undo ? 10 : 4);
export const tellNote = (text: string) => show({ kind: "note", text }, 10);
export const tellBad = (text: string) => show({ kind: "bad", text }, 10);
