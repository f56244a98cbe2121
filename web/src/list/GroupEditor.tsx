// Several conditions as one: any of them, all, or none.
import { Button, Select, Stack } from "@mantine/core";
import { useState } from "react";
import type { Filter } from "@/api/shapes";
import { t } from "@/core/words";
import { isLeaf, partsOf } from "@/list/conditions";
import { PartsEditor } from "@/list/PartsEditor";
import css from "@/list/FilterBar.module.css";

type Kind = "any" | "all" | "none";

const kindOf = (filter: Filter): Kind => ("not" in filter ? "none" : "all" in filter ? "all" : "any");
const membersOf = (filter: Filter): Filter[] => {
  if (!("not" in filter)) return partsOf(filter);
  return !isLeaf(filter.not) && "any" in filter.not ? filter.not.any : [filter.not];
};

function made(kind: Kind, parts: Filter[]): Filter {
  if (kind === "none") return { not: parts.length === 1 && parts[0] ? parts[0] : { any: parts } };
  return parts.length === 1 && parts[0] ? parts[0] : kind === "any" ? { any: parts } : { all: parts };
}

interface Props {
  of: string;
  filter: Filter;
  onDone: (filter: Filter) => void;
  depth: number;
}

export function GroupEditor({ of, filter, onDone, depth }: Props) {
  const [kind, setKind] = useState(kindOf(filter));
  const [parts, setParts] = useState(membersOf(filter));
  const [open, setOpen] = useState(!parts.length);
  return (
    <Stack gap="xs" className={css.editor}>
      <Select
        aria-label={t("web.filter.group.label")}
        value={kind}
        onChange={(next) => next && setKind(next as Kind)}
        data={(["any", "all", "none"] as const).map((each) => ({ value: each, label: t(`web.filter.group.${each}`) }))}
        allowDeselect={false}
      />
      <PartsEditor of={of} parts={parts} onChange={setParts} depth={depth} onOpen={setOpen} />
      {!open && (
        <Button size="xs" disabled={!parts.length} onClick={() => onDone(made(kind, parts))}>
          {t(depth > 1 ? "web.filter.done" : "web.filter.apply")}
        </Button>
      )}
    </Stack>
  );
}
