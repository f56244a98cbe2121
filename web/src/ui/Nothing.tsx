// An empty place says why it is empty and what to do about it.
import { Button } from "@mantine/core";
import type { ReactNode } from "react";
import { Link } from "wouter";
import css from "@/ui/Nothing.module.css";

export function Nothing({
  title,
  children,
  way,
}: {
  title: string;
  children?: ReactNode;
  way?: { label: string; to?: string; run?: () => void };
}) {
  return (
    <div className={css.nothing}>
      <div className={css.title}>{title}</div>
      {children && <div className={css.text}>{children}</div>}
      {way?.to && (
        <Button component={Link} href={way.to} mt="md">
          {way.label}
        </Button>
      )}
      {way?.run && (
        <Button variant="light" onClick={way.run} mt="md">
          {way.label}
        </Button>
      )}
    </div>
  );
}
