// An empty place says why it is empty and what to do about it.
import type { ReactNode } from "react";
import css from "@/ui/Nothing.module.css";

export function Nothing({ title, children }: { title: string; children?: ReactNode }) {
  return (
    <div className={css.nothing}>
      <div className={css.title}>{title}</div>
      {children && <div className={css.text}>{children}</div>}
    </div>
  );
}
