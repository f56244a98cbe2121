// The conditions of a list as chips that read like a sentence; each can be changed or taken away.
import { Button, CloseButton, UnstyledButton } from "@mantine/core";
import { useState } from "react";
import Plus from "icons/IconPlus.mjs";
import type { Field, Filter, Leaf } from "@/api/shapes";
import { t } from "@/core/words";
import { FilterEditor } from "@/list/FilterEditor";
import { sentence } from "@/list/sentence";
import { useTitles } from "@/list/useTitles";
import { isLeaf } from "@/list/useListUrl";
import { Pop } from "@/ui/Pop";
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
  const editor = (at: number, leaf?: Leaf) => (
    <FilterEditor fields={filterable} leaf={leaf} titles={titles} onDone={(next) => put(at, next)} />
  );
  return (
    <div className={css.bar} role="group" aria-label={t("web.filter.label")}>
      {parts.map((part, at) => (
        <span key={at} className={css.chip}>
          <Pop
            opened={open === at}
            onClose={() => setOpen(null)}
            target={
              <UnstyledButton
                className={css.text}
                disabled={!isLeaf(part)}
                onClick={() => setOpen(open === at ? null : at)}
              >
                {sentence(part, fields, titles)}
              </UnstyledButton>
            }
          >
            {isLeaf(part) && editor(at, part)}
          </Pop>
          <CloseButton
            size="xs"
            aria-label={t("web.filter.drop", { text: sentence(part, fields, titles) })}
            onClick={() => onChange(parts.filter((_, index) => index !== at))}
          />
        </span>
      ))}
      <Pop
        opened={open === parts.length}
        onClose={() => setOpen(null)}
        target={
          <Button
            variant="subtle"
            size="compact-sm"
            leftSection={<Plus size={14} />}
            onClick={() => setOpen(open === parts.length ? null : parts.length)}
          >
            {t("web.filter.add")}
          </Button>
        }
      >
        {editor(parts.length)}
      </Pop>
      {parts.length > 1 && (
        <Button variant="subtle" color="gray" size="compact-sm" className={css.none} onClick={() => onChange([])}>
          {t("web.filter.none")}
        </Button>
      )}
    </div>
  );
}
