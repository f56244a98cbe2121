// Conditions one below the other: each reads as a sentence, is changed where it stands, and can be taken away.
import { Button, CloseButton, UnstyledButton } from "@mantine/core";
import { useRef, useState } from "react";
import { flushSync } from "react-dom";
import Plus from "icons/IconPlus.mjs";
import type { Filter } from "@/api/shapes";
import { useMeta } from "@/api/useMeta";
import { t } from "@/core/words";
import { opens } from "@/list/conditions";
import { FilterEditor } from "@/list/FilterEditor";
import { sentence } from "@/list/sentence";
import { useTitles } from "@/list/useTitles";
import { useEscape } from "@/ui/useEscape";
import css from "@/list/FilterBar.module.css";

interface Props {
  of: string;
  parts: Filter[];
  onChange: (parts: Filter[]) => void;
  depth: number;
  /** Something is being changed now. */
  onOpen: (open: boolean) => void;
  /** Nothing needs to be added: it begins without a place for the first. */
  shut?: boolean;
}

export function PartsEditor({ of, parts, onChange, depth, onOpen, shut }: Props) {
  const meta = useMeta();
  const titles = useTitles(meta, of, parts);
  const [open, setOpen] = useState<number | null>(parts.length || shut ? null : 0);
  const show = (at: number | null) => (setOpen(at), onOpen(at !== null));
  const put = (at: number, part: Filter) => {
    onChange(at < parts.length ? parts.map((each, index) => (index === at ? part : each)) : [...parts, part]);
    show(null);
  };
  const more = useRef<HTMLButtonElement>(null);
  const leave = () => {
    flushSync(() => show(null));
    more.current?.focus();
  };
  const escape = useEscape(leave);
  const editor = (at: number) => (
    <div className={css.inner} {...escape}>
      <FilterEditor of={of} filter={parts[at]} titles={titles} depth={depth} onDone={(part) => put(at, part)} />
      {at === parts.length && <CloseButton size="xs" aria-label={t("web.filter.leave")} onClick={leave} />}
    </div>
  );
  const words = parts.map((part) => sentence(part, { meta, of, titles }));
  return (
    <>
      {parts.map((part, at) => (
        <div key={at}>
          <div className={css.part}>
            {opens(meta, of, part) ? (
              <UnstyledButton
                className={css.words}
                aria-expanded={open === at}
                onClick={() => show(open === at ? null : at)}
              >
                {words[at]}
              </UnstyledButton>
            ) : (
              <span className={css.words}>{words[at]}</span>
            )}
            <CloseButton
              size="xs"
              aria-label={t("web.filter.drop", { text: words[at] ?? "" })}
              onClick={() => (onChange(parts.filter((_part, index) => index !== at)), show(null))}
            />
          </div>
          {open === at && editor(at)}
        </div>
      ))}
      {open === parts.length ? (
        editor(parts.length)
      ) : (
        <Button
          variant="subtle"
          size="compact-sm"
          className={css.more}
          ref={more}
          leftSection={<Plus size={14} />}
          onClick={() => show(parts.length)}
        >
          {t("web.filter.add")}
        </Button>
      )}
    </>
  );
}
