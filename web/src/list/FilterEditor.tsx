// One condition: which field, how it is compared, with what.
import { Button, Select, Stack } from "@mantine/core";
import { type FormEvent, useState } from "react";
import type { Field, Leaf, Op, Title, Value } from "@/api/shapes";
import { t } from "@/core/words";
import { FieldInput } from "@/fields/FieldInput";
import { kindName } from "@/fields/link";
import type { Titles } from "@/list/sentence";

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

interface Props {
  fields: Field[];
  leaf?: Leaf;
  titles: Titles;
  onDone: (leaf: Leaf) => void;
}

export function FilterEditor({ fields, leaf, titles, onDone }: Props) {
  const [name, setName] = useState(leaf?.field ?? null);
  const field = fields.find((each) => each.name === name);
  const [op, setOp] = useState<Op>(leaf && leaf.op !== "in" ? leaf.op : field ? startsWith(field) : "is");
  const [value, setValue] = useState<Value>(Array.isArray(leaf?.value) ? leaf.value[0] : leaf?.value);
  const [title, setTitle] = useState<Title | undefined>(titles[`${name ?? ""} ${String(value)}`]);
  const choose = (next: string | null) => {
    const picked = fields.find((each) => each.name === next);
    setName(next);
    setValue(picked?.type === "bool" ? true : null);
    setTitle(undefined);
    if (picked) setOp(startsWith(picked));
  };
  const whole = field && (without.has(op) || (value !== null && value !== undefined && value !== ""));
  const done = (event: FormEvent) => {
    event.preventDefault();
    event.stopPropagation();
    if (field && whole) onDone(without.has(op) ? { field: field.name, op } : { field: field.name, op, value });
  };
  const day = field?.type === "day" || field?.type === "moment";
  const opWord = (each: Op) => t(`web.op.${day && (each === "from" || each === "to") ? "day_" : ""}${each}`);
  return (
    <form onSubmit={done}>
      <Stack gap="xs" w={260}>
        <Select
          aria-label={t("web.filter.field")}
          placeholder={t("web.filter.field")}
          data-autofocus={!leaf || undefined}
          searchable
          value={name}
          onChange={choose}
          data={fields.map((each) => ({ value: each.name, label: each.label }))}
          allowDeselect={false}
        />
        {field && (
          <Select
            aria-label={t("web.filter.how")}
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
          <FieldInput
            key={op === "of" ? op : field.name}
            bare
            field={{ ...(op === "of" ? kindOf(field) : field), required: false, max: undefined }}
            value={value}
            title={title}
            onChange={(next, named) => (setValue(next), setTitle(named))}
            autoFocus={Boolean(leaf)}
          />
        )}
        <Button type="submit" size="xs" disabled={!whole}>
          {t("web.filter.apply")}
        </Button>
      </Stack>
    </form>
  );
}
