// A form for a new record, drawn from the description of its entity: what is asked first, the rest behind "more
// fields".
import { Button, Group } from "@mantine/core";
import { type FormEvent, type FunctionComponent, type ReactNode, useState } from "react";
import { asked } from "@/api/confirming";
import { inWords, onceKey, Refusal, said } from "@/api/http";
import type { Field, Problem, Row, Saved, Title, Value } from "@/api/shapes";
import type { EntityName } from "@/api/types";
import { useEntity } from "@/api/useMeta";
import { useCreate } from "@/api/useSave";
import { useDraft } from "@/core/draft";
import { useSignal } from "@/core/signal";
import { t } from "@/core/words";
import { FieldInput } from "@/fields/FieldInput";
import { ChildRows } from "@/record/ChildRows";
import { FilterField, isMadeHere } from "@/record/FilterField";
import { Dialog } from "@/ui/Dialog";
import { useNarrow } from "@/ui/useNarrow";
import css from "@/record/RecordForm.module.css";

export interface OwnInput {
  values: Row;
  error?: string;
  onChange: (value: Value) => void;
}

interface Props {
  entity: EntityName;
  title: string;
  first: string[];
  initial?: Row;
  titles?: Record<string, Title>;
  children?: string[];
  derive?: (row: Row, field: string) => Row;
  warn?: (field: string, value: Value) => ReactNode;
  /** Fields that are asked in another way than their type says. */
  inputs?: Record<string, FunctionComponent<OwnInput>>;
  onDone: (saved: Saved) => void;
  close: () => void;
}

/* Closed by the cross or Esc it opens again as it was; "cancel" lets it go. */
interface Draft {
  values: Row;
  named: Record<string, Title>;
}

const startOf = (fields: Field[]): Row =>
  Object.fromEntries(
    fields.flatMap((field) => (field.start === undefined || field.by_rule ? [] : [[field.name, field.start]])),
  );

export const formFields = (fields: Field[], first: string[]) => {
  const open = fields.filter(
    (field) =>
      !field.by_rule && !field.not_new && (field.type !== "filter" || isMadeHere(field) || first.includes(field.name)),
  );
  const at = (field: Field) =>
    first.includes(field.name) ? first.indexOf(field.name) : field.required ? first.length : Infinity;
  const shown = open.filter((field) => at(field) < Infinity).sort((a, b) => at(a) - at(b));
  return { shown, rest: open.filter((field) => at(field) === Infinity) };
};

const ofChild = (problems: Problem[], name: string) =>
  problems.filter((problem) => problem.field?.startsWith(`${name}.`) || problem.field?.startsWith(`${name}[`));

export function RecordForm({
  entity: name,
  title,
  first,
  initial = {},
  titles = {},
  children = [],
  derive,
  warn,
  inputs = {},
  onDone,
  close,
}: Props) {
  const entity = useEntity(name);
  const narrow = useNarrow();
  const [once, setOnce] = useState(onceKey);
  const [draft, setDraft] = useDraft<Draft>(`new.${name}.${JSON.stringify(initial)}`);
  const [start] = useState<Draft>(() => ({ values: { ...startOf(entity?.fields ?? []), ...initial }, named: titles }));
  const { values, named } = draft ?? start;
  const [more, setMore] = useState(false);
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  const { mutateAsync, isPending } = useCreate(name);
  const isAsked = useSignal(asked).length > 0; // "save anyway?" stands above the form
  if (!entity) return null;
  const { shown, rest } = formFields(entity.fields, first);
  const lists = entity.children.filter((child) => children.includes(child.name));
  const set = (field: Field) => (value: Value, picked?: Title) => {
    const told = entity.fields.filter((each) => each.about === field.name).map((each) => [each.name, null]);
    setDraft({
      values: { ...values, ...Object.fromEntries(told), [field.name]: value },
      named: picked ? { ...named, [field.name]: picked } : named,
    });
  };
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setRefusal(null);
    try {
      const saved = await mutateAsync({ values, once });
      setDraft(undefined);
      onDone(saved);
    } catch (error) {
      setOnce(onceKey());
      const refused = error instanceof Refusal ? error : new Refusal(0, said(error), []);
      if (refused.problems.some((problem) => rest.some((field) => field.name === problem.field))) setMore(true);
      setRefusal(refused);
    }
  };
  const known = new Set([...entity.fields.map((field) => field.name), ...children]);
  const general =
    refusal?.problems.filter((problem) => !problem.field || !known.has(problem.field.split(/[.[]/)[0] ?? "")) ?? [];
  const isWide = (field: Field) => (field.max ?? 0) > 400 || isMadeHere(field);
  const ownInput = (field: Field, Own: FunctionComponent<OwnInput>) => (
    <div key={field.name} className={css.wide}>
      <Own values={values} error={refusal?.of(field.name)[0]} onChange={set(field)} />
    </div>
  );
  /* Whose rows a condition chooses may be said by another field; until it is, there is nothing to choose from. */
  const settled = (field: Field): Field =>
    field.type === "filter" && field.about ? { ...field, to: String(values[field.about] ?? "") } : field;
  const usualInput = (field: Field, at: number) => (
    <div key={field.name} className={isWide(field) ? css.wide : undefined}>
      {isMadeHere(field) ? (
        <FilterField
          field={field}
          value={values[field.name] as Value}
          onChange={set(field)}
          error={refusal?.of(field.name)[0]}
        />
      ) : (
        <FieldInput
          field={field}
          value={values[field.name] as Value}
          title={named[field.name]}
          onChange={set(field)}
          error={refusal?.of(field.name)[0]}
          warning={warn?.(field.name, values[field.name] as Value)}
          autoFocus={at === 0}
        />
      )}
    </div>
  );
  const input = (field: Field, at: number) => {
    const own = inputs[field.name];
    if (own) return ownInput(field, own);
    const whole = settled(field);
    return whole.type === "filter" && !whole.to ? null : usualInput(whole, at);
  };
  return (
    <Dialog onClose={close} title={title} size={lists.length ? "70rem" : "lg"} fullScreen={narrow}>
      <form onSubmit={(event) => void submit(event)} noValidate>
        {refusal && (general.length > 0 || !refusal.problems.length) && (
          <p className={css.refused} role="alert">
            {general.map(inWords).join(" ") || refusal.title}
          </p>
        )}
        <div className={css.fields}>
          {shown.map(input)}
          {more && rest.map((field) => input(field, -1))}
        </div>
        {!more && rest.length > 0 && (
          <Button variant="subtle" size="compact-sm" mt="sm" onClick={() => setMore(true)}>
            {t("web.form.more")}
          </Button>
        )}
        {lists.map((child) => (
          <ChildRows
            key={child.name}
            of={child}
            derive={derive}
            rows={(values[child.name] as Row[] | undefined) ?? []}
            problems={ofChild(refusal?.problems ?? [], child.name)}
            onChange={(next) => setDraft({ values: { ...values, [child.name]: next }, named })}
          />
        ))}
        <Group justify="flex-end" mt="lg">
          <Button variant="default" onClick={() => (setDraft(undefined), close())}>
            {t("web.cancel")}
          </Button>
          <Button type="submit" loading={isPending && !isAsked}>
            {t("web.save")}
          </Button>
        </Group>
      </form>
    </Dialog>
  );
}
