// The conditions of a list as chips that read like a sentence; each can be changed or taken away.
import { Button, CloseButton, UnstyledButton } from "@mantine/core";
import { useState } from "react";
import Plus from "icons/IconPlus.mjs";
import type { Filter } from "@/api/shapes";
import { useMeta } from "@/api/useMeta";
import { t } from "@/core/words";
import { opens } from "@/list/conditions";
import { FilterEditor } from "@/list/FilterEditor";
import { sentence } from "@/list/sentence";
import { useTitles } from "@/list/useTitles";
import { Pop } from "@/ui/Pop";
import css from "@/list/FilterBar.module.css";

interface Props {
  /** Whose records the conditions are about. */
  of: string;
  parts: Filter[];
  onChange: (parts: Filter[]) => void;
}

export function FilterBar({ of, parts, onChange }: Props) {
  const meta = useMeta();
  const [open, setOpen] = useState<number | null>(null);
  /* What is begun anew stays as it is when a press beside it closes it. */
  const [begun, setBegun] = useState<number | null>(null);
  const titles = useTitles(meta, of, parts);
  const put = (at: number, made: Filter) => {
    onChange(at < parts.length ? parts.map((part, index) => (index === at ? made : part)) : [...parts, made]);
    end();
  };
  const end = () => (setOpen(null), setBegun(null));
  const press = (at: number) => (setOpen(open === at ? null : at), setBegun(at));
  const pop = (at: number) => ({
    opened: open === at,
    keepMounted: begun === at && at === parts.length,
    guarded: true,
    onClose: (escaped: boolean) => (escaped ? end() : setOpen(null)),
  });
  const editor = (at: number, filter?: Filter) => (
    <FilterEditor
      key={JSON.stringify(filter)}
      of={of}
      filter={filter}
      titles={titles}
      onDone={(next) => put(at, next)}
    />
  );
  const words = parts.map((part) => sentence(part, { meta, of, titles }));
  return (
    <div className={css.bar} role="group" aria-label={t("web.filter.label")}>
      {parts.map((part, at) => (
        <span key={at} className={css.chip}>
          {opens(meta, of, part) ? (
            <Pop
              {...pop(at)}
              target={
                <UnstyledButton className={css.text} onClick={() => press(at)}>
                  {words[at]}
                </UnstyledButton>
              }
            >
              {editor(at, part)}
            </Pop>
          ) : (
            <span className={css.text}>{words[at]}</span>
          )}
          <CloseButton
            size="xs"
            aria-label={t("web.filter.drop", { text: words[at] ?? "" })}
            onClick={() => (end(), onChange(parts.filter((_, index) => index !== at)))}
          />
        </span>
      ))}
      <Pop
        {...pop(parts.length)}
        target={
          <Button
            variant="subtle"
            size="compact-sm"
            leftSection={<Plus size={14} />}
            onClick={() => press(parts.length)}
          >
            {t("web.filter.add")}
          </Button>
        }
      >
        {editor(parts.length)}
      </Pop>
      {parts.length > 1 && (
        <Button
          variant="subtle"
          color="gray"
          size="compact-sm"
          className={css.none}
          onClick={() => (end(), onChange([]))}
        >
          {t("web.filter.none")}
        </Button>
      )}
    </div>
  );
}
