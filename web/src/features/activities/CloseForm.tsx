// How an activity ends: what came of it, the next contact, what was learnt; or it is put off or cancelled.
import { Button, Chip, Group, Select, Textarea } from "@mantine/core";
import { type FormEvent, type KeyboardEvent, useEffect, useRef, useState } from "react";
import { inWords, onceKey, Refusal, said } from "@/api/http";
import type { Row, Saved } from "@/api/shapes";
import { useEntity } from "@/api/useMeta";
import { may, useSession } from "@/api/useSession";
import { useDraft } from "@/core/draft";
import { t } from "@/core/words";
import { type Corrected, Corrections, correctedRow } from "@/features/activities/Corrections";
import { NeedLine } from "@/features/activities/NeedLine";
import { PutOff } from "@/features/activities/PutOff";
import type { TodayLine, When } from "@/features/activities/types";
import { useDeeds } from "@/features/activities/useDeeds";
import { isContact, useKinds } from "@/features/activities/useKinds";
import { dueOf } from "@/features/activities/when";
import { WhenInput } from "@/features/activities/WhenInput";
import css from "@/features/activities/CloseForm.module.css";

/** What of a line the form needs; an activity of a card has it too. */
export type Closable = Pick<TodayLine, "kind" | "asks" | "next_needed" | "client" | "due_at" | "timed"> & {
  id: number;
  version: number;
};

/** An activity as it stands in a list or on its card. */
export const closableOf = (record: Saved, kind: Saved): Closable => ({
  id: record.id,
  version: record.version,
  kind: { id: kind.id, title: String(kind.name) },
  asks: String(kind.asks),
  next_needed: Boolean(kind.next_needed),
  client: record._titles?.client_id ?? null,
  due_at: (record.due_at as string | null) ?? null,
  timed: Boolean(record.timed),
});

interface Draft {
  result: string;
  outcome: string | null;
  kind: number | null;
  when: When | null;
  corrected: Corrected | null;
  /** What the client needs, and how much of it; null: it is not asked. */
  need?: { what: string; volume: string } | null;
}

const blank: Draft = { result: "", outcome: null, kind: null, when: null, corrected: null };

function valuesOf(draft: Draft): Row {
  const client = correctedRow(draft.corrected);
  const needed = draft.need?.what.trim();
  return {
    result: draft.result.trim() || null,
    outcome: draft.outcome,
    ...(draft.when && { next: { ...(draft.kind && { kind_id: draft.kind }), ...dueOf(draft.when) } }),
    ...(client && { client }),
    ...(needed && { needs: [{ what: needed, volume: draft.need?.volume.trim().replace(",", ".") || null }] }),
  };
}

const ofNext = (refusal: Refusal | null) =>
  refusal?.problems.find((problem) => problem.field === "next" || problem.field?.startsWith("next."));

/* Without what has just been answered. */
function unsaid(refusal: Refusal, values: Partial<Draft>) {
  const changed = Object.keys(values).map((name) => (name === "when" || name === "kind" ? "next" : name));
  const left = refusal.problems.filter(({ field }) => !changed.includes(field?.split(".")[0] ?? ""));
  return left.length ? new Refusal(refusal.status, refusal.title, left, refusal.body) : null;
}

const NAMED = /^(result|outcome|next)(\.|$)/;

export function CloseForm({ line, onDone, focus }: { line: Closable; onDone: () => void; focus?: boolean }) {
  const session = useSession();
  const entity = useEntity("activity");
  const kinds = useKinds();
  const [kept, keep] = useDraft<Draft>(`close.${line.id}`);
  const [once, setOnce] = useState(onceKey);
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  const { close } = useDeeds();
  const draft = kept ?? blank;
  const form = useRef<HTMLFormElement>(null);
  const set = (values: Partial<Draft>) => {
    keep({ ...draft, ...values });
    setRefusal((before) => before && unsaid(before, values));
  };
  const outcomes = entity?.fields.find((field) => field.name === "outcome")?.options ?? [];
  const next = ofNext(refusal);
  const rest = refusal?.problems.filter((problem) => !NAMED.test(problem.field ?? "")) ?? [];
  useEffect(() => {
    if (refusal?.of("result").length) form.current?.querySelector("textarea")?.focus();
  }, [refusal]);
  const submit = async (event?: FormEvent) => {
    event?.preventDefault();
    setRefusal(null);
    try {
      const { id, version, client } = line;
      await close.mutateAsync({ id, version, once, values: valuesOf(draft), client: client?.id });
      keep(undefined);
      onDone();
    } catch (error) {
      setOnce(onceKey());
      setRefusal(error instanceof Refusal ? error : new Refusal(0, said(error), []));
    }
  };
  const onKey = (event: KeyboardEvent) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) void submit();
  };
  return (
    <form ref={form} className={css.form} onSubmit={(event) => void submit(event)} onKeyDown={onKey} noValidate>
      {refusal && (rest.length > 0 || !refusal.problems.length) && (
        <p className={css.refused} role="alert">
          {rest.map(inWords).join(" ") || refusal.title}
        </p>
      )}
      <Textarea
        label={t("web.activity.result")}
        autosize
        minRows={2}
        maxRows={8}
        maxLength={4000}
        required={line.asks === "result"}
        autoFocus={focus}
        value={draft.result}
        error={refusal?.of("result")[0]}
        onChange={(event) => set({ result: event.currentTarget.value })}
      />
      <fieldset className={css.plain} aria-label={t("web.activity.outcome")}>
        <Group gap="xs">
          {outcomes.map(({ key, label }) => (
            <Chip
              variant="outline"
              key={key}
              size="sm"
              checked={draft.outcome === key}
              onChange={(on) => set({ outcome: on ? key : null })}
            >
              {label}
            </Chip>
          ))}
        </Group>
        {refusal?.of("outcome").map((text) => (
          <p key={text} className={css.error} role="alert">
            {text}
          </p>
        ))}
      </fieldset>
      {line.client && (
        <div className={css.next}>
          <WhenInput
            label={t("web.activity.next")}
            value={draft.when}
            onChange={(when) => set({ when })}
            error={next && inWords(next)}
          />
          <Select
            aria-label={t("web.activity.next_kind")}
            data={(kinds ?? [])
              .filter((kind) => isContact(kind.channel))
              .map((kind) => ({ value: String(kind.id), label: String(kind.name) }))}
            value={String(draft.kind ?? line.kind?.id ?? "")}
            onChange={(kind) => set({ kind: kind ? Number(kind) : null })}
            allowDeselect={false}
            comboboxProps={{ transitionProps: { duration: 0 } }}
          />
        </div>
      )}
      {line.client && may(session, "client", "change") && (
        <Corrections client={line.client.id} value={draft.corrected} onChange={(corrected) => set({ corrected })} />
      )}
      {line.client && may(session, "need", "add") && (
        <NeedLine value={draft.need ?? null} onChange={(need) => set({ need })} />
      )}
      <div className={css.buttons}>
        <Button type="submit" loading={close.isPending}>
          {t("web.activity.done")}
        </Button>
        <PutOff line={line} onDone={onDone} />
      </div>
    </form>
  );
}
