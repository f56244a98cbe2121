// A few settings that are saved together: what they are for, the fields, and what the server refused of them.
import { Button } from "@mantine/core";
import type { UseMutationResult } from "@tanstack/react-query";
import type { FormEvent, ReactNode } from "react";
import { Refusal, said } from "@/api/http";
import { t } from "@/core/words";
import { Section } from "@/record/Section";
import { tellBad, tellDone } from "@/ui/toasts";
import css from "@/features/settings/Me.module.css";

interface Props<Body> {
  title: string;
  note: string;
  change: UseMutationResult<unknown, Error, Body>;
  body: Body;
  children: (errorOf: (field: string) => string | undefined) => ReactNode;
}

export function SettingsForm<Body>({ title, note, change, body, children }: Props<Body>) {
  const refusal = change.error instanceof Refusal ? change.error : null;
  const save = (event: FormEvent) => {
    event.preventDefault();
    change.mutate(body, { onSuccess: () => tellDone(t("web.record.saved")), onError: (error) => tellBad(said(error)) });
  };
  return (
    <Section title={title}>
      <form onSubmit={save} className={css.lines}>
        <p className={css.note}>{note}</p>
        {children((field) => refusal?.of(field)[0])}
        <div>
          <Button type="submit" loading={change.isPending}>
            {t("web.save")}
          </Button>
        </div>
      </form>
    </Section>
  );
}
