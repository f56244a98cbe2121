// A number as people type it: "1 234,5" is understood, and written back the way it will be read.
import { TextInput, type TextInputProps } from "@mantine/core";
import { useEffect, useState } from "react";
import { currencySign, decimal, typed } from "@/core/number";
import { t } from "@/core/words";
import type { FieldType, Value } from "@/api/shapes";

interface Props extends Omit<TextInputProps, "value" | "onChange" | "type"> {
  type: FieldType;
  value: string | number | null;
  onChange: (value: Value) => void;
}

const signOf = (type: FieldType) => (type === "money" || type === "price" ? currencySign() : type === "ratio" ? "%" : null);
const shown = (value: string | number | null) => (value === null || value === "" ? "" : decimal(String(value)));

export function NumberText({ type, value, onChange, error, ...rest }: Props) {
  const [text, setText] = useState(shown(value));
  const [bad, setBad] = useState(false);
  useEffect(() => {
    setText((now) => (typed(now) === (value === null ? null : String(value)) ? now : shown(value)));
  }, [value]);
  const take = (next: string) => {
    setText(next);
    const number = typed(next);
    setBad(next.trim() !== "" && (number === null || (type === "int" && number.includes("."))));
    if (next.trim() === "") onChange(null);
    else if (number !== null) onChange(type === "int" ? Number(number) : number);
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
      onBlur={() => !bad && setText(shown(value))}
    />
  );
}
