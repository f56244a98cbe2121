// The search of a list: answers while one types, and follows the address when one goes back.
import { TextInput } from "@mantine/core";
import { useDebouncedCallback } from "@mantine/hooks";
import { type Ref, useEffect, useRef, useState } from "react";
import Search from "icons/IconSearch.mjs";
import { t } from "@/core/words";
import css from "@/list/SearchBox.module.css";

export function SearchBox({
  box,
  value,
  onChange,
}: {
  box: Ref<HTMLInputElement>;
  value: string;
  onChange: (text: string) => void;
}) {
  const [text, setText] = useState(value);
  const sent = useRef(value);
  const send = useDebouncedCallback((next: string) => {
    sent.current = next;
    onChange(next);
  }, 180);
  useEffect(() => {
    if (value !== sent.current) setText((sent.current = value));
  }, [value]);
  return (
    <TextInput
      ref={box}
      type="search"
      className={css.search}
      leftSection={<Search size={16} />}
      placeholder={t("web.list.search")}
      aria-label={t("web.list.search")}
      value={text}
      onChange={(event) => (setText(event.currentTarget.value), send(event.currentTarget.value))}
    />
  );
}
