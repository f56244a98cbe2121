// The frame of the pages before one is in: the name, the language, one form.
import { Button, Paper } from "@mantine/core";
import { type ReactNode, useEffect } from "react";
import { remember } from "@/core/remember";
import { spoken } from "@/core/words";
import css from "@/ui/Threshold.module.css";

export function Threshold({
  title,
  note,
  refused,
  children,
}: {
  title: string;
  note?: string;
  refused?: string;
  children: ReactNode;
}) {
  useEffect(() => {
    document.title = `${title} · Sbyt`;
  }, [title]);
  const other = spoken() === "ru" ? "en" : "ru";
  return (
    <main className={css.threshold}>
      <Paper withBorder radius="lg" className={css.sheet}>
        <div className={css.mark}>
          <img src="/icon.svg" alt="" width={32} height={32} /> Sbyt
        </div>
        <h1 className={css.title}>{title}</h1>
        {note && <p className={css.note}>{note}</p>}
        {refused && (
          <p className={css.refused} role="alert">
            {refused}
          </p>
        )}
        {children}
      </Paper>
      <Button
        variant="subtle"
        color="gray"
        size="xs"
        lang={other}
        className={css.language}
        onClick={() => remember("language", other)}
      >
        {other === "en" ? "English" : "Русский"}
      </Button>
    </main>
  );
}
