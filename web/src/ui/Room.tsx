// Around a table: the page scrolls, so that a wheel or a finger over it moves the page. One that is too wide scrolls
// sideways within its own width, and its edge is shaded and says so while more stands to the right.
import { type ReactNode, useRef } from "react";
import { t } from "@/core/words";
import { useRoom } from "@/ui/useRoom";
import css from "@/ui/Room.module.css";

export function Room({ label, busy, children }: { label: string; busy?: boolean; children: ReactNode }) {
  const frame = useRef<HTMLDivElement>(null);
  const scroller = useRef<HTMLDivElement>(null);
  useRoom(frame, scroller);
  return (
    <div ref={frame} className={css.frame}>
      <p className={css.hint}>{t("web.table.more")}</p>
      <div ref={scroller} className={css.scroller} tabIndex={0} role="group" aria-label={label} aria-busy={busy}>
        {children}
      </div>
    </div>
  );
}
