// How the file was recognised, each setting changeable.
import { Checkbox, Select } from "@mantine/core";
import { t } from "@/core/words";
import type { Form } from "@/features/import/types";
import css from "@/features/import/FormCard.module.css";

const encodings = ["utf8", "cp1251", "koi8r", "utf16le", "utf16be", "cp1252"];
const delimiters = [";", ",", "\t", "|", " "];
const days = ["dmy", "ymd", "mdy", "serial"] as const;
const groups = ["", " ", ",", ".", "'"];
const names: Record<string, string> = { ";": "semicolon", ",": "comma", "\t": "tab", "|": "bar", " ": "blank", ".": "point", "'": "quote", "": "none" };

const choices = (of: string, values: readonly string[]) => values.map((value) => ({ value, label: t(`web.import.${of}.${names[value] ?? value}`) }));
const delimiterChoices = delimiters.map((value) => ({ value, label: t(`web.import.delimiter.${names[value] ?? ""}`) }));

export function FormCard({ form, onChange }: { form: Form; onChange: (form: Form) => void }) {
  const set = (part: Partial<Form>) => onChange({ ...form, ...part });
  const number = (part: Partial<Form["number"]>) => set({ number: { ...form.number, ...part } });
  const common = { allowDeselect: false, size: "sm" as const };
  return (
    <div className={css.form}>
      {form.kind === "csv" && (
        <>
          <Select {...common} label={t("web.import.encoding")} data={encodings.map((value) => ({ value, label: t(`web.import.encoding.${value}`) }))} value={form.encoding ?? "utf8"} onChange={(value) => set({ encoding: value ?? undefined })} />
          <Select {...common} label={t("web.import.delimiter")} data={delimiterChoices} value={form.delimiter ?? ";"} onChange={(value) => set({ delimiter: value ?? undefined })} />
        </>
      )}
      {form.kind === "xlsx" && (form.sheets?.length ?? 0) > 1 && (
        <Select {...common} label={t("web.import.sheet")} data={(form.sheets ?? []).map((label, at) => ({ value: String(at), label }))} value={String(form.sheet ?? 0)} onChange={(value) => set({ sheet: Number(value) })} />
      )}
      <Select {...common} label={t("web.import.day")} data={choices("day", days)} value={form.day} onChange={(value) => set({ day: (value ?? form.day) as Form["day"] })} />
      <Select {...common} label={t("web.import.decimal")} data={choices("decimal", [",", "."])} value={form.number.decimal} onChange={(value) => number({ decimal: value ?? form.number.decimal })} />
      <Select {...common} label={t("web.import.group")} data={choices("group", groups)} value={form.number.group} onChange={(value) => number({ group: value ?? "" })} />
      <Checkbox label={t("web.import.header")} checked={form.header} onChange={(event) => set({ header: event.currentTarget.checked })} className={css.check} />
      {form.kind === "csv" && <Checkbox label={t("web.import.quotes")} checked={form.quotes ?? true} onChange={(event) => set({ quotes: event.currentTarget.checked })} className={css.check} />}
    </div>
  );
}
