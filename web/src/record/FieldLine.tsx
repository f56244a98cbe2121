// A field on a card: its name and value; a click turns the value into its widget, leaving it saves.
import { UnstyledButton } from "@mantine/core";
import { type KeyboardEvent, type ReactNode, useEffect, useRef, useState } from "react";
import { Link } from "wouter";
import ArrowRight from "icons/IconArrowRight.mjs";
import { inWords, Refusal, said } from "@/api/http";
import type { Field, Filter, Saved, Title, Value } from "@/api/shapes";
import { useDraft } from "@/core/draft";
import { t } from "@/core/words";
import { fieldText } from "@/fields/fieldText";
import { FieldInput } from "@/fields/FieldInput";
import { linkPath } from "@/list/door";
import { FilterField, isMadeHere } from "@/record/FilterField";
import { aboutOf, FilterText } from "@/record/FilterText";
import { useFieldEdit } from "@/record/useFieldEdit";
import css from "@/record/FieldLine.module.css";

interface Props {
  entity: string;
  record: Saved;
  field: Field;
  editable: boolean;
  /** The record was come to in order to change it, and this is where one begins. */
  begins?: boolean;
  shown?: ReactNode;
  /** A widget of its own in place of the usual one. */
  custom?: ReactNode;
  warning?: (value: Value) => ReactNode;
}

/* What is being typed, and the record as it was when that began: a colleague's change meanwhile is a clash, not
 * overwritten. */
interface Edit {
  value: Value;
  begun: Saved;
}

const atOnce = new Set<Field["type"]>(["choice", "ref", "link", "bool"]);

export const isChangeable = (field: Field, record: Saved, editable: boolean) =>
  editable &&
  !field.by_rule &&
  !field.at_start &&
  field.type !== "filter" &&
  !(record._fixed?.includes(field.name) ?? field.not_anew);

export function FieldLine({ entity, record, field, editable, begins, shown, custom, warning }: Props) {
  const stored = (record[field.name] ?? null) as Value;
  const changeable = isChangeable(field, record, editable);
  const [edit, setEdit] = useDraft<Edit>(`${entity}.${record.id}.${field.name}`);
  const draft = edit?.value;
  const begun = edit?.begun ?? record;
  const setDraft = (value: Value) =>
    setEdit({ value, begun: { id: record.id, version: begun.version, [field.name]: begun[field.name] ?? null } });
  const [refused, setRefused] = useState<string | undefined>();
  const { save } = useFieldEdit(entity);
  const left = useRef(false);
  const editing = edit !== undefined && changeable;
  const button = useRef<HTMLButtonElement>(null);
  const comesBack = useRef(false);
  useEffect(() => {
    if (!editing && comesBack.current) button.current?.focus({ preventScroll: true });
    comesBack.current = false;
  }, [editing]);
  useEffect(() => {
    if (begins && !edit) setDraft(stored);
  }, [begins]);
  const stop = () => {
    setEdit(undefined);
    setRefused(undefined);
  };
  const put = async (value: Value, title?: Title) => {
    if (left.current) return;
    const next = value === "" ? null : value;
    if (next === (begun[field.name] ?? null)) return stop();
    left.current = true;
    const refusal = await save(begun, { [field.name]: next }, title && { [field.name]: title }).catch(
      (error: unknown) => new Refusal(0, said(error), []),
    );
    left.current = false;
    const problem = refusal?.problems.find((each) => each.field === field.name) ?? refusal?.problems[0];
    if (refusal) setRefused(problem ? inWords(problem) : refusal.title);
    else stop();
  };
  const onKey = (event: KeyboardEvent) => {
    if (event.key === "Escape") {
      event.stopPropagation();
      comesBack.current = true;
      stop();
    } else if (event.key === "Enter" && !event.shiftKey && !atOnce.has(field.type)) {
      event.preventDefault();
      comesBack.current = true;
      void put(draft ?? null);
    }
  };
  const change = (value: Value, title?: Title) => {
    setDraft(value ?? null);
    if (!atOnce.has(field.type) || (field.type === "link" && value === "")) return; // of a link the kind alone
    comesBack.current = true;
    void put(value, title);
  };
  const made = isMadeHere(field) && isChangeable({ ...field, type: "text" }, record, editable);
  const text = fieldText(field, record);
  const door = field.type === "link" && record._titles?.[field.name]?.title ? linkPath(stored) : undefined;
  const spoken =
    field.type === "filter" && record[field.name] ? (
      <FilterText about={aboutOf(field, record)} filter={record[field.name] as Filter} />
    ) : undefined;
  const note = warning?.(editing ? draft : stored);
  return (
    <div className={css.line}>
      <dt className={css.label}>{field.label}</dt>
      <dd
        className={css.value}
        onBlur={(event) =>
          editing &&
          !atOnce.has(field.type) &&
          !refused &&
          !event.currentTarget.contains(event.relatedTarget as Node) &&
          field.type !== "day" &&
          void put(draft ?? null)
        }
      >
        {custom ? (
          custom
        ) : made ? (
          <FilterField bare field={field} value={stored} onChange={(value) => void put(value)} error={refused} />
        ) : editing ? (
          <FieldInput
            bare
            autoFocus
            field={field}
            value={draft}
            title={record._titles?.[field.name]}
            onChange={field.type === "day" ? (value) => void put(value) : change}
            onKeyDown={onKey}
            error={refused}
            warning={note}
          />
        ) : changeable ? (
          <>
            {door && (
              <Link href={door} className={css.door} aria-label={t("web.link.open", { name: text })}>
                <ArrowRight size={16} />
              </Link>
            )}
            <UnstyledButton
              ref={button}
              className={css.edit}
              data-empty={!text || undefined}
              aria-label={t("web.record.edit", { field: field.label, value: text || t("web.record.blank") })}
              onClick={() => setDraft(stored)}
            >
              {shown ?? (text || t("web.record.add"))}
            </UnstyledButton>
            {note && <small className={css.warning}>{note}</small>}
          </>
        ) : (
          <span className={css.plain}>{shown ?? spoken ?? (door ? <Link href={door}>{text}</Link> : text || "—")}</span>
        )}
      </dd>
    </div>
  );
}
