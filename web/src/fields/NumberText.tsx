// A number as people type it: "1 234,5" is understood, and written back the way it will be read.
import { TextInput, type TextInputProps } from "@mantine/core";
import { useEffect, useState } from "react";
import { currencySign, decimal, ofPercents, percents, typed } from "@/core/number";
import { t } from "@/core/words";
import type { FieldType, Value } from "@/api/shapes";

interface Props extends Omit<TextInputProps, "value" | "onChange" | "type"> {
  type: FieldType;
  value: string | number | null;
  onChange: (value: Value) => void;
}

const signOf = (type: FieldType) =>
  type === "money" || type === "price" ? currencySign() : type === "ratio" ? "%" : type === "degree" ? "°" : null;

/* A share is typed and shown in percent, and kept as a part of one. What is no number stands as it was typed. */
const shown = (value: string | number | null, type: FieldType) =>
  value === null || value === ""
    ? ""
    : decimal(type === "ratio" && typed(String(value)) ? percents(String(value)) : String(value));

/* What is to be saved of a text: its number, or, where it is none, the text itself, which the server refuses: never the
 * part of it that was one. */
function meant(text: string, type: FieldType): { value: string | number | null; bad: boolean } {
  if (text.trim() === "") return { value: null, bad: false };
  const number = typed(text);
  if (number === null || (type === "int" && number.includes("."))) return { value: text.trim(), bad: true };
  return { value: type === "int" ? Number(number) : type === "ratio" ? ofPercents(number) : number, bad: false };
}

export function NumberText({ type, value, onChange, error, ...rest }: Props) {
  const [text, setText] = useState(shown(value, type));
  const { bad } = meant(text, type);
  useEffect(() => {
    setText((now) => (String(meant(now, type).value) === String(value) ? now : shown(value, type)));
  }, [value, type]);
  const take = (next: string) => {
    setText(next);
    onChange(meant(next, type).value);
  };
  const sign = signOf(type);
  return (
    <TextInput
      {...rest}
      inputMode="decimal"
      autoComplete="off"
      value={text}
      rightSection={sign ? <span aria-hidden>{sign}</span> : undefined}
      error={bad ? t("web.field.not_a_number") : error}
      onChange={(event) => take(event.currentTarget.value)}
      onBlur={() => !bad && setText(shown(value, type))}
    />
  );
}
