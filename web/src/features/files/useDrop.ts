// Files dropped anywhere on a card are taken; what a dialog covers takes none.
import { useEffect, useRef, useState } from "react";
import { holdsFiles } from "@/core/keepPage";

const isMeant = (event: DragEvent) =>
  holdsFiles(event) && !event.defaultPrevented && !document.querySelector("[role=dialog]");

/** Whether files are held over the card. */
export function useDrop(takes: boolean, take: (files: FileList) => void) {
  const [over, setOver] = useState(false);
  const latest = useRef(take);
  useEffect(() => {
    latest.current = take;
  });
  useEffect(() => {
    if (!takes) return undefined;
    const hold = (event: DragEvent) => {
      if (!isMeant(event)) return;
      event.preventDefault();
      setOver(true);
    };
    const drop = (event: DragEvent) => {
      setOver(false);
      if (!isMeant(event)) return;
      event.preventDefault();
      if (event.dataTransfer) latest.current(event.dataTransfer.files);
    };
    const leave = (event: DragEvent) => {
      if (!event.relatedTarget) setOver(false);
    };
    document.addEventListener("dragover", hold);
    document.addEventListener("dragleave", leave);
    document.addEventListener("drop", drop);
    return () => {
      document.removeEventListener("dragover", hold);
      document.removeEventListener("dragleave", leave);
      document.removeEventListener("drop", drop);
    };
  }, [takes]);
  return over;
}
