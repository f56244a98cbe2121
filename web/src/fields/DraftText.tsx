// A short text that means something only when it is whole: a time, a year, how many. What is typed on the way there
// stands as a draft; left unfinished, it is again what was meant last.
import { TextInput, type TextInputProps } from "@mantine/core";
import { useState } from "react";

interface Props extends Omit<TextInputProps, "value" | "onChange" | "type"> {
  value: string;
  /** What a text means, in one form; null: nothing yet. */
  read: (text: string) => string | null;
  onChange: (value: string) => void;
}

export function DraftText({ value, read, onChange, error, ...rest }: Props) {
  const [text, setText] = useState(value);
  const [told, setTold] = useState(value);
  if (told !== value) {
    setTold(value);
    if (read(text) !== value) setText(value);
  }
  const meant = read(text);
  const take = (next: string | null) => next !== null && next !== value && onChange(next);
  const type = (next: string) => {
    setText(next);
    if (read(next) === next) take(next); // `2` is a number of its own, and not yet the hour
  };
  const settle = () => {
    setText(meant ?? value);
    take(meant);
  };
  return (
    <TextInput
      {...rest}
      inputMode="numeric"
      autoComplete="off"
      value={text}
      error={error ?? (text !== value && meant === null)}
      onChange={(event) => type(event.currentTarget.value)}
      onKeyDown={(event) => event.key === "Enter" && settle()}
      onBlur={settle}
    />
  );
}

/** `7`, `730` and `07:30` are times of the day. */
export function timeOf(text: string): string | null {
  const parts = /^(\d{1,2})(?:[:.]?(\d{2}))?$/.exec(text.trim());
  const [hour, minute] = [Number(parts?.[1]), Number(parts?.[2] ?? 0)];
  return parts && hour < 24 && minute < 60
    ? `${String(hour).padStart(2, "0")}:${String(minute).padStart(2, "0")}`
    : null;
}

/** A whole number within bounds. */
export const wholeOf = (least: number, most: number) => (text: string) => {
  const number = /^-?\d{1,9}$/.test(text.trim()) ? Number(text) : NaN;
  return number >= least && number <= most ? String(number) : null;
};
