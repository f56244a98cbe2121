// Charts and tables of an answer, side by side where there is room; `lean` says on which side a table needs more of it.
import type { ReactNode } from "react";
import css from "@/features/analysis/Parts.module.css";

export const Parts = ({ children, wide, lean }: { children: ReactNode; wide?: boolean; lean?: "left" | "right" }) => (
  <div className={css.parts} data-wide={wide || undefined} data-lean={lean}>
    {children}
  </div>
);
