// Charts and tables of an answer, side by side where there is room.
import type { ReactNode } from "react";
import css from "@/features/analysis/Parts.module.css";

export const Parts = ({ children, wide }: { children: ReactNode; wide?: boolean }) => (
  <div className={css.parts} data-wide={wide || undefined}>
    {children}
  </div>
);
