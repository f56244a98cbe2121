// A file on its way into the base: dropped, recognised, matched, previewed, checked, and only then read.
import { Button, Group, Select, TextInput } from "@mantine/core";
import { useState } from "react";
import { useLocation } from "wouter";
import { said } from "@/api/http";
import { FigureTable } from "@/chart/FigureTable";
import { t } from "@/core/words";
import { ColumnMatch } from "@/features/import/ColumnMatch";
import { DropFile } from "@/features/import/DropFile";
import { FormCard } from "@/features/import/FormCard";
import { ImportState } from "@/features/import/ImportState";
import { type Ask, type Column, going, type Recognised } from "@/features/import/types";
import { useImport } from "@/features/import/useImport";
import { usePreview } from "@/features/import/usePreview";
import { useStartImport } from "@/features/import/useStartImport";
import { Section } from "@/record/Section";
import { Page } from "@/ui/Page";
import { tellBad } from "@/ui/toasts";
import { Trouble } from "@/ui/Trouble";
import css from "@/features/import/NewImport.module.css";

const guessed = (columns: Column[]) => Object.fromEntries(columns.flatMap((column) => (column.guess ? [[column.guess.field, column.index]] : [])));

const asked = (file: Recognised): Ask => ({
  file: file.file,
  form: file.form,
  target: file.target_guess,
  columns: guessed(file.columns),
  key: file.targets.find((target) => target.entity === file.target_guess)?.keys[0],
  mode: "upsert",
  source: "",
  dry_run: true,
});

export default function NewImport() {
  const [file, setFile] = useState<Recognised | null>(null);
  return (
    <Page title={file ? file.name : t("web.import.new")} name={t("web.import.new")} back={{ to: "/import", label: t("web.place.import") }} actions={file && <Button variant="default" onClick={() => setFile(null)}>{t("web.import.another")}</Button>}>
      {file ? <Matching key={String(file.file)} file={file} /> : <DropFile onDone={setFile} />}
    </Page>
  );
}

function Matching({ file }: { file: Recognised }) {
  const [ask, setAsk] = useState(() => asked(file));
  const [dry, setDry] = useState<number | null>(null);
  const [, go] = useLocation();
  const preview = usePreview(ask);
  const check = useImport(dry);
  const start = useStartImport();
  const set = (part: Partial<Ask>) => {
    setAsk((now) => ({ ...now, ...part }));
    setDry(null);
  };
  const target = file.targets.find((each) => each.entity === ask.target);
  const columns = preview.data?.columns ?? file.columns;
  const missing = target?.fields.some((field) => field.required && ask.columns[field.name] === undefined);
  const begin = async (dry_run: boolean) => {
    try {
      const { id } = await start.mutateAsync({ ...ask, source: ask.source?.trim() || undefined, dry_run });
      if (dry_run) setDry(id);
      else go(`/import/${id}`);
    } catch (error) {
      tellBad(said(error));
    }
  };
  const checked = check.data && !going(check.data) && check.data.state === "done";
  return (
    <div className={css.steps}>
      <Section title={t("web.import.step_form")} aside={file.remembered ? t("web.import.remembered") : undefined}>
        <FormCard form={ask.form} onChange={(form) => set({ form })} />
      </Section>
      <Section title={t("web.import.step_target")}>
        <div className={css.target}>
          <Select label={t("web.import.target")} allowDeselect={false} data={file.targets.map(({ entity, label }) => ({ value: entity, label }))} value={ask.target} onChange={(value) => value && set({ target: value, columns: value === file.target_guess ? guessed(columns) : {}, key: file.targets.find((each) => each.entity === value)?.keys[0] })} />
          {target && target.keys.length > 0 && (
            <>
              <Select label={t("web.import.key")} allowDeselect={false} data={target.keys.map((key) => ({ value: key, label: target.fields.find((field) => field.name === key)?.label ?? key }))} value={ask.key ?? null} onChange={(value) => set({ key: value ?? undefined })} />
              <Select label={t("web.import.mode")} allowDeselect={false} data={["upsert", "create", "update"].map((mode) => ({ value: mode, label: t(`web.import.mode.${mode}`) }))} value={ask.mode ?? "upsert"} onChange={(value) => set({ mode: (value ?? "upsert") as Ask["mode"] })} />
            </>
          )}
          {ask.target === "sale" && <TextInput label={t("web.import.source")} description={t("web.import.source_note")} value={ask.source ?? ""} onChange={(event) => set({ source: event.currentTarget.value })} className={css.source} />}
        </div>
      </Section>
      <Section title={t("web.import.step_columns")}>
        <ColumnMatch columns={columns} fields={target?.fields ?? []} chosen={ask.columns} onChange={(next) => set({ columns: next })} />
      </Section>
      <Section title={t("web.import.step_preview")}>
        {preview.error ? (
          <Trouble error={preview.error} again={() => void preview.refetch()} />
        ) : (
          preview.data && <FigureTable label={t("web.import.step_preview")} head={preview.data.fields.map((field) => ({ label: field.label }))} rows={preview.data.rows} maxHeight={320} />
        )}
      </Section>
      {check.data && (
        <Section title={t("web.import.step_check")}>
          <ImportState of={check.data} />
        </Section>
      )}
      <Group className={css.bar} gap="sm">
        <Button variant={checked ? "default" : "filled"} disabled={missing} loading={(start.isPending && !checked) || (check.data && going(check.data))} onClick={() => void begin(true)}>
          {t("web.import.check")}
        </Button>
        <Button variant={checked ? "filled" : "default"} disabled={missing} loading={start.isPending && checked} onClick={() => void begin(false)}>
          {t(checked && check.data?.bad ? "web.import.run_good" : "web.import.run")}
        </Button>
        <span className={css.hint}>{t(checked ? "web.import.undo_hint" : "web.import.check_hint")}</span>
      </Group>
    </div>
  );
}
