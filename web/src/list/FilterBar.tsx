// The conditions of a list as chips that read like a sentence; each can be changed or taken away.
import { Button, CloseButton, Popover, UnstyledButton } from "@mantine/core";
import { useState } from "react";
import Plus from "icons/IconPlus.mjs";
import type { Field, Filter, Leaf } from "@/api/shapes";
import { t } from "@/core/words";
import { FilterEditor } from "@/list/FilterEditor";
import { sentence } from "@/list/sentence";
import { useTitles } from "@/list/useTitles";
import { isLeaf } from "@/list/useListUrl";
import css from "@/list/FilterBar.module.css";

interface Props {
  fields: Field[];
  parts: Filter[];
  onChange: (parts: Filter[]) => void;
}

export function FilterBar({ fields, parts, onChange }: Props) {
  const [open, setOpen] = useState<number | null>(null);
  const titles = useTitles(fields, parts);
  const filterable = fields.filter((field) => field.filter?.length);
  const put = (at: number, leaf: Leaf) => {
    onChange(at < parts.length ? parts.map((part, index) => (index === at ? leaf : part)) : [...parts, leaf]);
    setOpen(null);
  };
  const editor = (at: number, leaf?: Leaf) => <FilterEditor fields={filterable} leaf={leaf} titles={titles} onDone={(next) => put(at, next)} />;
  return (
    <div className={css.bar} role="group" aria-label={t("web.filter.label")}>
      {parts.map((part, at) => (
        <Popover key={at} opened={open === at} onChange={(on) => !on && setOpen(null)} position="bottom-start" trapFocus withinPortal transitionProps={{ duration: 0 }}>
          <span className={css.chip}>
            <Popover.Target>
              <UnstyledButton className={css.text} disabled={!isLeaf(part)} onClick={() => setOpen(open === at ? null : at)}>
                {sentence(part, fields, titles)}
              </UnstyledButton>
            </Popover.Target>
            <CloseButton size="xs" aria-label={t("web.filter.drop", { text: sentence(part, fields, titles) })} onClick={() => onChange(parts.filter((_, index) => index !== at))} />
          </span>
          <Popover.Dropdown>{isLeaf(part) && editor(at, part)}</Popover.Dropdown>
        </Popover>
      ))}
      <Popover opened={open === parts.length} onChange={(on) => !on && setOpen(null)} position="bottom-start" trapFocus withinPortal transitionProps={{ duration: 0 }}>
        <Popover.Target>
          <Button variant="subtle" size="compact-sm" leftSection={<Plus size={14} />} onClick={() => setOpen(open === parts.length ? null : parts.length)}>
            {t("web.filter.add")}
          </Button>
        </Popover.Target>
        <Popover.Dropdown>{editor(parts.length)}</Popover.Dropdown>
      </Popover>
      {parts.length > 1 && (
        <Button variant="subtle" color="gray" size="compact-sm" className={css.none} onClick={() => onChange([])}>
          {t("web.filter.none")}
        </Button>
      )}
    </div>
  );
}
