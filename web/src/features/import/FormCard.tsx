// How the file was recognised, each setting changeable.
import { Button, Checkbox, Select } from "@mantine/core";
import { useState } from "react";
import { t } from "@/core/words";
import type { Form } from "@/features/import/types";
import css from "@/features/import/FormCard.module.css";

const encodings = ["utf-8", "cp1251", "koi8-r", "utf-16le", "utf-16be", "cp1252", "cp866"];
const delimiters = [";", ",", "\t", "|", " "];
const days = ["dmy", "ymd", "mdy", "serial"] as const;
const groups = ["", " ", ",", ".", "'"];
const names: Record<string, string> = {
  ";": "semicolon",
  ",": "comma",
  "\t": "tab",
  "|": "bar",
  " ": "blank",
  ".": "point",
  "'": "quote",
  "": "none",
};

const every = "all";

const choices = (of: string, values: readonly string[]) =>
  values.map((value) => ({ value, label: t(`web.import.${of}.${names[value] ?? value}`) }));

interface Props {
  form: Form;
  doubts: { day: boolean; number: boolean };
  /** How its cells are read. */
  onChange: (form: Form) => void;
  /** How its rows and columns are found: the file is recognised again. */
  onRecognise: (form: Form) => void;
}

export function FormCard({ form, doubts, onChange, onRecognise }: Props) {
  const set = (part: Partial<Form>) => onChange({ ...form, ...part });
  const again = (part: Partial<Form>) => onRecognise({ ...form, ...part });
  const number = (part: Partial<Form["number"]>) => set({ number: { ...form.number, ...part } });
  const [all] = useState(form.report?.sheets ? form.report : undefined);
  const one = form.report && { ...form.report, sheets: false };
  const common = { allowDeselect: false, size: "sm" as const };
  return (
    <div className={css.form}>
      {form.kind === "csv" && (
        <>
          <Select
            {...common}
            label={t("web.import.encoding")}
            data={encodings.map((value) => ({ value, label: t(`web.import.encoding.${value.replace("-", "")}`) }))}
            value={form.encoding ?? "utf-8"}
            onChange={(value) => again({ encoding: value ?? undefined })}
          />
          <Select
            {...common}
            label={t("web.import.delimiter")}
            data={choices("delimiter", delimiters)}
            value={form.delimiter ?? ";"}
            onChange={(value) => again({ delimiter: value ?? undefined })}
          />
        </>
      )}
      {form.kind !== "csv" && (form.sheets?.length ?? 0) > 1 && (
        <Select
          {...common}
          label={t("web.import.sheet")}
          data={[
            ...(all ? [{ value: every, label: t("web.import.sheets_all") }] : []),
            ...(form.sheets ?? []).map((label, at) => ({ value: String(at), label })),
          ]}
          value={form.report?.sheets ? every : String(form.sheet ?? 0)}
          onChange={(value) => again(value === every ? { report: all } : { sheet: Number(value), report: one })}
        />
      )}
      <Select
        {...common}
        label={t("web.import.day")}
        description={doubts.day ? t("web.import.doubt") : undefined}
        data={choices("day", days)}
        value={form.day}
        onChange={(value) => set({ day: (value ?? form.day) as Form["day"] })}
      />
      <Select
        {...common}
        label={t("web.import.decimal")}
        description={doubts.number ? t("web.import.doubt") : undefined}
        data={choices("decimal", [",", "."])}
        value={form.number.decimal}
        onChange={(value) => number({ decimal: value ?? form.number.decimal })}
      />
      <Select
        {...common}
        label={t("web.import.group")}
        data={choices("group", groups)}
        value={form.number.group}
        onChange={(value) => number({ group: value ?? "" })}
      />
      <Checkbox
        label={t("web.import.header")}
        checked={form.header}
        onChange={(event) => again({ header: event.currentTarget.checked })}
        className={css.check}
      />
      {form.kind === "csv" && (
        <Checkbox
          label={t("web.import.quotes")}
          checked={form.quotes ?? true}
          onChange={(event) => set({ quotes: event.currentTarget.checked })}
          className={css.check}
        />
      )}
      {(form.report?.shape ?? "table") !== "report" && (
        <Button
          variant="default"
          size="sm"
          className={css.report}
          onClick={() => again({ report: { shape: "report", levels: [], across: null } })}
        >
          {t("web.import.report.is_report")}
        </Button>
      )}
    </div>
  );
}
