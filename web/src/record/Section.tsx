// A part of a card: its name, what can be done with it, its body.
import { Paper } from "@mantine/core";
import type { ReactNode } from "react";
import css from "@/record/Section.module.css";

export function Section({
  title,
  aside,
  children,
  flush,
}: {
  title: string;
  aside?: ReactNode;
  children: ReactNode;
  flush?: boolean;
}) {
  return (
    <Paper
      component="section"
      withBorder
      radius="md"
      className={css.section}
      aria-label={title}
      data-flush={flush || undefined}
    >
      <header className={css.head}>
        <h2 className={css.title}>{title}</h2>
        {aside && <div className={css.aside}>{aside}</div>}
      </header>
      {children}
    </Paper>
  );
}
