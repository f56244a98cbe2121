// Choosing another record by a few letters of it.
import { Combobox, InputBase, Loader, useCombobox } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { type KeyboardEventHandler, type ReactNode, useState } from "react";
import X from "icons/IconX.mjs";
import { useFoundTitles } from "@/api/useFoundTitles";
import type { Title } from "@/api/shapes";
import { t } from "@/core/words";
import css from "@/fields/RefSelect.module.css";

interface Props {
  entity: string;
  value: number | null;
  title?: Title;
  onChange: (title: Title | null) => void;
  clearable?: boolean;
  label?: string;
  "aria-label"?: string;
  error?: string;
  description?: ReactNode;
  withAsterisk?: boolean;
  autoFocus?: boolean;
  onKeyDown?: KeyboardEventHandler;
  placeholder?: string;
}

export function RefSelect({ entity, value, title, onChange, clearable, ...rest }: Props) {
  const [picked, setPicked] = useState<Title | undefined>(title);
  const [typed, setTyped] = useState<string | null>(null);
  const [search] = useDebouncedValue(typed ?? "", 150);
  const box = useCombobox({ onDropdownClose: () => setTyped(null) });
  const found = useFoundTitles(entity, search, box.dropdownOpened);
  const name = value === null ? "" : ((picked?.id === value ? picked : title)?.title ?? "…");
  const choose = (id: string) => {
    const next = found.data?.items.find((item) => String(item.id) === id);
    if (!next) return;
    setPicked(next);
    onChange(next);
    box.closeDropdown();
  };
  return (
    <Combobox store={box} onOptionSubmit={choose} transitionProps={{ duration: 0 }}>
      <Combobox.Target withExpandedAttribute>
        <InputBase
          {...rest}
          role="combobox"
          value={typed ?? name}
          placeholder={rest.placeholder ?? t("web.field.choose")}
          autoComplete="off"
          rightSectionPointerEvents="all"
          rightSection={
            found.isFetching && box.dropdownOpened ? (
              <Loader size={14} />
            ) : clearable && value !== null ? (
              <button type="button" className={css.clear} aria-label={t("web.clear")} onClick={() => onChange(null)}>
                <X size={14} />
              </button>
            ) : (
              <Combobox.Chevron />
            )
          }
          onFocus={() => box.openDropdown()}
          onClick={() => box.openDropdown()}
          onBlur={() => box.closeDropdown()}
          onChange={(event) => (setTyped(event.currentTarget.value), box.openDropdown(), box.selectFirstOption())}
        />
      </Combobox.Target>
      <Combobox.Dropdown>
        <Combobox.Options mah={260} className={css.options}>
          {found.data?.items.map((row) => (
            <Combobox.Option key={row.id} value={String(row.id)} active={row.id === value}>
              {row.title}
            </Combobox.Option>
          ))}
          {found.data && !found.data.items.length && <Combobox.Empty>{t("web.field.none_found")}</Combobox.Empty>}
        </Combobox.Options>
      </Combobox.Dropdown>
    </Combobox>
  );
}
