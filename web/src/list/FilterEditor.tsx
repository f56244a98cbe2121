// A condition: what is compared, how, with what; or a group of conditions, or one about rows that belong to the record.
import { Button, Group, Select, Stack } from "@mantine/core";
import { type FormEvent, useState } from "react";
import type { Counted, Field, Filter, Leaf, Op, Operand, Title } from "@/api/shapes";
import { useMeta } from "@/api/useMeta";
import { t } from "@/core/words";
import { kindName } from "@/fields/link";
import { aStepAway, fieldsOf, isCounted, isForm, isLeaf, nameOf, rowsOf } from "@/list/conditions";
import { GroupEditor } from "@/list/GroupEditor";
import { OperandInput } from "@/list/OperandInput";
import { RowsEditor } from "@/list/RowsEditor";
import type { Titles } from "@/list/sentence";
import css from "@/list/FilterBar.module.css";

interface Props {
  of: string;
  filter?: Filter;
  titles: Titles;
  onDone: (filter: Filter) => void;
  /** How many groups and rows it stands in. */
  depth?: number;
}

const DEPTH = 3;
const groups = ["any", "all", "none"];

export function FilterEditor({ of, filter, titles, onDone, depth = 0 }: Props) {
  const [draft, setDraft] = useState(filter);
  const same = { of, onDone, depth: depth + 1 };
  if (draft && isCounted(draft)) return <RowsEditor {...same} filter={draft} />;
  if (draft && !isLeaf(draft)) return <GroupEditor {...same} filter={draft} />;
  return <LeafEditor of={of} leaf={draft} titles={titles} onDone={onDone} onTurn={setDraft} depth={depth} />;
}

const without = new Set<Op>(["empty", "not_empty"]);
const first: Partial<Record<Field["type"], Op>> = {
  text: "has",
  money: "from",
  qty: "from",
  price: "from",
  ratio: "from",
  int: "from",
  day: "from",
  moment: "from",
};
const offered = (field: Field): Op[] => (field.filter ?? []).filter((op) => op !== "in");
const startsWith = (field: Field): Op => {
  const best = first[field.type] ?? "is";
  return offered(field).includes(best) ? best : (offered(field)[0] ?? "is");
};

/* Of which entity a link is, as a choice. */
const kindOf = (field: Field): Field => ({
  ...field,
  type: "choice",
  options: (field.of ?? []).map((key) => ({ key, label: kindName(key) })),
});

/* What can be compared: fields, those a step away, rows, groups. */
function useChoices(of: string, deep: boolean) {
  const meta = useMeta();
  const own = fieldsOf(meta, of).filter((field) => field.filter?.length);
  const away = aStepAway(meta, of).map(({ by, fields }) => ({
    group: by.label,
    items: fields.map((field) => ({ value: `${by.name}.${field.name}`, label: `${by.label} · ${field.label}` })),
  }));
  const rows = rowsOf(meta, of).map((each) => ({ value: `rows ${each.name}`, label: each.label }));
  return [
    { group: t("web.filter.group.fields"), items: own.map((each) => ({ value: each.name, label: each.label })) },
    ...(deep
      ? []
      : [
          {
            group: t("web.filter.group.groups"),
            items: groups.map((each) => turning(each, `web.filter.group.${each}`)),
          },
          { group: t("web.filter.group.rows"), items: rows },
        ]),
    ...away,
  ].filter((each) => each.items.length);
}

const turning = (value: string, key: string) => ({ value: `group ${value}`, label: t(key) });

function turned(choice: string): Filter | undefined {
  const [kind, name = ""] = choice.split(" ");
  if (kind === "rows") return { some: name } satisfies Counted;
  if (kind !== "group") return undefined;
  return name === "any" ? { any: [] } : name === "all" ? { all: [] } : { not: { any: [] } };
}

interface LeafProps {
  of: string;
  leaf?: Leaf;
  titles: Titles;
  onDone: (filter: Filter) => void;
  onTurn: (filter: Filter) => void;
  depth: number;
}

function LeafEditor({ of, leaf, titles, onDone, onTurn, depth }: LeafProps) {
  const deep = depth >= DEPTH;
  const meta = useMeta();
  const [name, setName] = useState(leaf?.field ?? null);
  const field = name ? nameOf(meta, of, name)?.field : undefined;
  const [op, setOp] = useState<Op>(leaf && leaf.op !== "in" ? leaf.op : field ? startsWith(field) : "is");
  const [value, setValue] = useState<Operand>(Array.isArray(leaf?.value) ? leaf.value[0] : leaf?.value);
  const [title, setTitle] = useState<Title | undefined>(titles[`${field?.name ?? ""} ${String(value)}`]);
  const choose = (next: string | null) => {
    const other = next && turned(next);
    if (other) return onTurn(other);
    const picked = next ? nameOf(meta, of, next)?.field : undefined;
    setName(next);
    setValue(picked?.type === "bool" ? true : null);
    setTitle(undefined);
    if (picked) setOp(startsWith(picked));
  };
  const whole = field && (without.has(op) || (value !== null && value !== undefined && value !== ""));
  const made = (): Leaf =>
    without.has(op) ? { field: name ?? "", op } : { field: name ?? "", op, value: value as Operand };
  const done = (event: FormEvent) => {
    event.preventDefault();
    event.stopPropagation();
    if (whole) onDone(made());
  };
  const day = field?.type === "day" || field?.type === "moment";
  const opWord = (each: Op) => t(`web.op.${day && (each === "from" || each === "to") ? "day_" : ""}${each}`);
  return (
    <form onSubmit={done}>
      <Stack gap="xs" className={css.editor}>
        <Select
          aria-label={t("web.filter.field")}
          placeholder={t("web.filter.field")}
          data-autofocus={!name || undefined}
          searchable
          value={name}
          onChange={choose}
          data={useChoices(of, deep)}
          allowDeselect={false}
          maxDropdownHeight={320}
        />
        {field && (
          <Select
            aria-label={t("web.filter.how")}
            data-autofocus={!leaf || without.has(op) || isForm(value) || undefined}
            value={op}
            onChange={(next) => {
              if ((next === "of") !== (op === "of")) setValue(null);
              if (next) setOp(next as Op);
            }}
            data={offered(field).map((each) => ({ value: each, label: opWord(each) }))}
            allowDeselect={false}
          />
        )}
        {field && !without.has(op) && (
          <OperandInput
            key={op === "of" ? op : name}
            field={op === "of" ? kindOf(field) : field}
            value={value}
            title={title}
            onChange={(next, named) => (setValue(next), setTitle(named))}
            autoFocus={Boolean(leaf) && !isForm(value)}
          />
        )}
        <Group gap="xs" grow preventGrowOverflow={false}>
          <Button type="submit" size="xs" disabled={!whole}>
            {t(depth ? "web.filter.done" : "web.filter.apply")}
          </Button>
          {whole && !deep && (
            <Button variant="default" size="xs" onClick={() => onTurn({ any: [made()] })}>
              {t("web.filter.or_more")}
            </Button>
          )}
        </Group>
      </Stack>
    </form>
  );
}
