// By what a list is grouped, by what within that, and which sums are told.
import { MultiSelect, Select } from "@mantine/core";
import type { Entity } from "@/api/shapes";
import { useMeta } from "@/api/useMeta";
import { t } from "@/core/words";
import { nameOf } from "@/list/conditions";
import { type By, byOf, byOptions, BYS, isTime, type Question, steps, sumsOf, sumText } from "@/list/groups/question";
import css from "@/list/groups/Groups.module.css";

const SUMS = 6;

interface Props {
  of: Entity;
  question: Question;
  onChange: (question: Question) => void;
}

export function GroupChooser({ of, question, onChange }: Props) {
  const meta = useMeta();
  const options = byOptions(meta, of.name).map(({ group, items }) => ({ group: group || of.label, items }));
  const sums = sumsOf(meta, of.name).map(({ sum, field }) => ({
    value: sumText(sum),
    label: t(`web.groups.${sum.how}`, { name: field.label }),
    sum,
  }));
  const put = (at: number, by: By | null) => {
    const next = [...question.by];
    if (by) next[at] = by;
    else next.splice(at, 1);
    onChange({ ...question, by: next });
  };
  const chosen = question.sums.map(sumText).filter((text) => sums.some(({ value }) => value === text));
  return (
    <div className={css.chooser}>
      {question.by.map((by, at) => (
        <Choice key={at} first={at === 0} of={of} by={by} options={options} onChange={(next) => put(at, next)} />
      ))}
      {question.by.length < BYS && (
        <Select
          key={`more ${question.by.length}`}
          className={css.by}
          aria-label={t("web.groups.then")}
          placeholder={t("web.groups.then")}
          data={options}
          value={null}
          searchable
          onFocus={(event) => event.currentTarget.select()}
          onChange={(path) => path && put(question.by.length, byOf(meta, of.name, path))}
        />
      )}
      <MultiSelect
        className={css.sums}
        aria-label={t("web.groups.sums")}
        placeholder={chosen.length ? undefined : t("web.groups.sums")}
        data={sums.map(({ value, label }) => ({ value, label }))}
        value={chosen}
        maxValues={SUMS}
        searchable
        clearable
        onChange={(next) =>
          onChange({ ...question, sums: next.flatMap((text) => sums.find(({ value }) => value === text)?.sum ?? []) })
        }
      />
    </div>
  );
}

interface ChoiceProps {
  first: boolean;
  of: Entity;
  by: By;
  options: { group: string; items: { value: string; label: string }[] }[];
  onChange: (by: By | null) => void;
}

function Choice({ first, of, by, options, onChange }: ChoiceProps) {
  const meta = useMeta();
  const named = nameOf(meta, of.name, by.path);
  return (
    <>
      <Select
        className={css.by}
        aria-label={t(first ? "web.groups.by" : "web.groups.then")}
        title={t(first ? "web.groups.by" : "web.groups.then")}
        data={options}
        value={by.path}
        searchable
        onFocus={(event) => event.currentTarget.select()}
        clearable={!first}
        allowDeselect={false}
        onChange={(path) => (path ? onChange(byOf(meta, of.name, path)) : !first && onChange(null))}
      />
      {named && isTime(named.field) && (
        <Select
          className={css.step}
          aria-label={t("web.groups.step")}
          data={steps.map((step) => ({ value: step, label: t(`web.groups.step.${step}`) }))}
          value={by.step ?? "month"}
          allowDeselect={false}
          onChange={(step) => step && onChange({ ...by, step })}
        />
      )}
    </>
  );
}
