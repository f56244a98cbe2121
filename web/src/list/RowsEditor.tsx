// A condition about rows that belong to a record or point at it: there are some, there are none, so many; and which.
import { Button, NumberInput, Select, Stack, Text } from "@mantine/core";
import { useState } from "react";
import type { Counted, Filter, Op } from "@/api/shapes";
import { useMeta } from "@/api/useMeta";
import { t } from "@/core/words";
import { countOf, rowsNamed } from "@/list/conditions";
import { PartsEditor } from "@/list/PartsEditor";
import css from "@/list/FilterBar.module.css";

const ways = ["some", "none", "from", "to", "is"] as const;
type Way = (typeof ways)[number];

const wayOf = (filter: Counted): Way => {
  const count = countOf(filter);
  if (count === "some" || count === "none") return count;
  return filter.op === "to" || filter.op === "is" ? filter.op : "from";
};

interface Props {
  of: string;
  filter: Counted;
  onDone: (filter: Filter) => void;
  depth: number;
}

export function RowsEditor({ of, filter, onDone, depth }: Props) {
  const rows = rowsNamed(useMeta(), of, filter);
  const [way, setWay] = useState<Way>(wayOf(filter));
  const [n, setN] = useState(typeof filter.value === "number" ? filter.value : 2);
  const [where, setWhere] = useState(filter.where ?? []);
  const [open, setOpen] = useState(false);
  const made = (): Counted => {
    const more = where.length ? { where } : {};
    const name = rows?.name ?? "";
    if (way === "some") return { some: name, ...more };
    if (way === "none") return { none: name, ...more };
    return { count: name, ...more, op: way satisfies Op, value: n };
  };
  return (
    <Stack gap="xs" className={css.editor}>
      <Text fw={600} size="sm">
        {rows?.label}
      </Text>
      <Select
        aria-label={t("web.filter.how_many")}
        data-autofocus
        value={way}
        onChange={(next) => next && setWay(next as Way)}
        data={ways.map((each) => ({ value: each, label: t(`web.filter.many.${each}`) }))}
        allowDeselect={false}
      />
      {way !== "some" && way !== "none" && (
        <NumberInput
          aria-label={t("web.filter.number")}
          min={0}
          allowDecimal={false}
          value={n}
          onChange={(next) => setN(Math.max(0, Math.round(Number(next) || 0)))}
        />
      )}
      <Text size="sm" c="dimmed">
        {t("web.filter.where")}
      </Text>
      <PartsEditor of={rows?.entity ?? ""} parts={where} onChange={setWhere} depth={depth} onOpen={setOpen} shut />
      {!open && (
        <Button size="xs" onClick={() => onDone(made())}>
          {t(depth > 1 ? "web.filter.done" : "web.filter.apply")}
        </Button>
      )}
    </Stack>
  );
}
