// A file on its way into the base: dropped, recognised, matched, previewed, checked, and only then read.
import { Button, Checkbox, Group, Select, TextInput } from "@mantine/core";
import { useEffect, useRef, useState } from "react";
import { useLocation } from "wouter";
import { said } from "@/api/http";
import { known, t } from "@/core/words";
import { ColumnMatch } from "@/features/import/ColumnMatch";
import { DropFile } from "@/features/import/DropFile";
import { FormCard } from "@/features/import/FormCard";
import { ImportPreview } from "@/features/import/ImportPreview";
import { ImportState } from "@/features/import/ImportState";
import { type Ask, type Column, type Form, going, type Recognised, type Report, wireOf } from "@/features/import/types";
import { MendsTaken } from "@/features/import/MendsTaken";
import { saidOfFile } from "@/features/import/place";
import { ReportCard } from "@/features/import/ReportCard";
import { useImport } from "@/features/import/useImport";
import { useRecogniseAgain } from "@/features/import/useRecogniseAgain";
import { usePreview } from "@/features/import/usePreview";
import { useStartImport } from "@/features/import/useStartImport";
import { Section } from "@/record/Section";
import { Page } from "@/ui/Page";
import { tellBad } from "@/ui/toasts";
import { Trouble } from "@/ui/Trouble";
import css from "@/features/import/NewImport.module.css";

const guessed = (columns: Column[]) =>
  Object.fromEntries(columns.flatMap((column) => (column.guess ? [[column.guess.field, column.index]] : [])));

const targetOf = (file: Recognised, entity: string) => file.targets.find((target) => target.entity === entity);

/* Records are recognised by the first key the file has a column for; without one they can only be created. */
function keyed(file: Recognised, entity: string, columns: Record<string, number>): Pick<Ask, "key" | "mode"> {
  const key = targetOf(file, entity)?.keys.find((name) => columns[name] !== undefined);
  return key ? { key, mode: "upsert" } : { key: undefined, mode: "create" };
}

/* As it was confirmed the last time; a file that was not named is named "file". */
function before({ before }: Recognised): Partial<Ask> {
  if (!before) return { source: "" };
  const source = before.source === "file" ? "" : before.source;
  return before.target === "sale" ? { source } : { source, key: before.key || undefined, mode: before.mode };
}

function asked(file: Recognised): Ask {
  const columns = guessed(file.columns);
  return {
    file: file.file,
    form: file.form,
    target: file.target_guess,
    columns,
    ...keyed(file, file.target_guess, columns),
    ...before(file),
    c_marks_return: file.before?.c_marks_return ?? file.c_marks_return,
    dry_run: true,
  };
}

/* What was said of a report, and why it cannot be read so. */
interface Tried {
  form: Form;
  said: string;
}

const unread = ({ columns }: Recognised, tried: Tried | null): Report => ({
  said: "",
  columns: columns.map(({ name }) => name),
  label: tried?.form.report?.label ?? 0,
  sums: tried?.form.report?.sums ?? [],
  rows: [],
});

export default function NewImport() {
  const [file, setFile] = useState<Recognised | null>(null);
  const [refused, setRefused] = useState<string | undefined>();
  const take = (next: Recognised, why?: string) => {
    setFile(next);
    setRefused(why);
  };
  return (
    <Page
      title={file ? file.name : t("web.import.new")}
      name={t("web.import.new")}
      back={{ to: "/import", label: t("web.place.import") }}
      actions={
        file && (
          <Button variant="default" onClick={() => setFile(null)}>
            {t("web.import.another")}
          </Button>
        )
      }
    >
      {file ? <Matching key={String(file.file)} file={file} refused={refused} /> : <DropFile onDone={take} />}
    </Page>
  );
}

function Matching({ file, refused }: { file: Recognised; refused?: string }) {
  const [seen, setSeen] = useState(file);
  const [ask, setAsk] = useState(() => asked(file));
  const again = useRecogniseAgain(file.file);
  const [dry, setDry] = useState<number | null>(null);
  const [forget, setForget] = useState(false);
  const [tried, setTried] = useState<Tried | null>(null);
  const [, go] = useLocation();
  const preview = usePreview(ask);
  const check = useImport(dry);
  const start = useStartImport();
  const set = (part: Partial<Ask>) => {
    setAsk((now) => ({ ...now, ...part }));
    setDry(null);
  };
  const target = targetOf(seen, ask.target);
  const setColumns = (columns: Record<string, number>) =>
    set({
      columns,
      mends: undefined,
      ...(ask.key && columns[ask.key] !== undefined ? {} : keyed(seen, ask.target, columns)),
    });
  const recognise = async (form: Form) => {
    try {
      const next = await again.mutateAsync({ form, forget });
      setTried(null);
      setSeen(next);
      set({
        form: { ...next.form, day: next.day_doubt ? form.day : next.form.day, quotes: form.quotes },
        columns: guessed(next.columns),
        mends: undefined,
        ...keyed(next, ask.target, guessed(next.columns)),
      });
    } catch (error) {
      if (form.report?.shape === "report") setTried({ form, said: saidOfFile(error) });
      else tellBad(saidOfFile(error));
    }
  };
  const recogniseAnew = async () => {
    try {
      const next = await again.mutateAsync({ forget: true });
      setForget(true);
      setTried(null);
      setSeen(next);
      set(asked(next));
    } catch (error) {
      tellBad(said(error));
    }
  };
  const retarget = (entity: string) => {
    const columns = entity === seen.target_guess ? guessed(seen.columns) : (targetOf(seen, entity)?.columns ?? {});
    set({ target: entity, columns, mends: undefined, ...keyed(seen, entity, columns) });
  };
  const missing = target?.fields.some((field) => field.required && ask.columns[field.name] === undefined);
  const begin = async (dry_run: boolean, asked = ask) => {
    try {
      const { id } = await start.mutateAsync({ ...wireOf(asked), dry_run });
      if (dry_run) setDry(id);
      else go(`/import/${id}`);
    } catch (error) {
      tellBad(said(error));
    }
  };
  const mend = (part: Partial<Ask>) => {
    const mended = { ...ask, ...part };
    setAsk(mended);
    void begin(true, mended);
  };
  const checked = check.data && !going(check.data) && check.data.state === "done";
  const outcome = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (dry !== null && checked !== undefined) outcome.current?.scrollIntoView({ block: "start" });
  }, [dry, checked]);
  return (
    <div className={css.steps}>
      {refused && !seen.report && (
        <p role="note" className={css.warned}>
          {t("web.import.report.taken_as_table", { why: refused })}
        </p>
      )}
      <Section
        title={t("web.import.step_form")}
        aside={
          seen.before && (
            <>
              {t("web.import.remembered")}
              <Button variant="subtle" size="compact-sm" loading={again.isPending} onClick={() => void recogniseAnew()}>
                {t("web.import.anew")}
              </Button>
            </>
          )
        }
      >
        <FormCard
          form={ask.form}
          doubts={{ day: Boolean(seen.day_doubt), number: Boolean(seen.number_doubt) }}
          onChange={(form) => set({ form })}
          onRecognise={(form) => void recognise(form)}
        />
      </Section>
      {(tried ?? seen.report) && (
        <Section title={t("web.import.report")} aside={tried ? undefined : seen.report?.said}>
          {tried && (
            <p role="alert" className={css.refused}>
              {tried.said}
            </p>
          )}
          <ReportCard
            form={tried?.form ?? ask.form}
            report={seen.report ?? unread(seen, tried)}
            busy={again.isPending}
            onRecognise={(form) => void recognise(form)}
          />
        </Section>
      )}
      <Section title={t("web.import.step_target")}>
        <div className={css.target}>
          <Select
            label={t("web.import.target")}
            description={known(`web.import.about.${ask.target}`) ? t(`web.import.about.${ask.target}`) : undefined}
            allowDeselect={false}
            data={seen.targets.map(({ entity, label }) => ({ value: entity, label }))}
            value={ask.target}
            onChange={(value) => value && retarget(value)}
          />
          {target && target.keys.length > 0 && (
            <>
              <Select
                label={t("web.import.key")}
                placeholder={t("web.import.no_key")}
                allowDeselect={false}
                disabled={ask.mode === "create"}
                data={target.keys
                  .filter((key) => ask.columns[key] !== undefined)
                  .map((key) => ({
                    value: key,
                    label: target.fields.find((field) => field.name === key)?.label ?? key,
                  }))}
                value={ask.key ?? null}
                onChange={(value) => set({ key: value ?? undefined })}
              />
              <Select
                label={t("web.import.mode")}
                allowDeselect={false}
                data={["upsert", "create", "update"].map((mode) => ({
                  value: mode,
                  label: t(`web.import.mode.${mode}`),
                }))}
                value={ask.mode ?? "upsert"}
                onChange={(value) =>
                  set({
                    mode: (value ?? "upsert") as Ask["mode"],
                    key: ask.key ?? target.keys.find((key) => ask.columns[key] !== undefined),
                  })
                }
              />
            </>
          )}
          {ask.target === "sale" && (
            <TextInput
              label={t("web.import.source")}
              description={t("web.import.source_note")}
              value={ask.source ?? ""}
              onChange={(event) => set({ source: event.currentTarget.value })}
              className={css.source}
            />
          )}
          {seen.c_marks_return && (
            <Checkbox
              label={t("web.import.c_marks_return")}
              checked={ask.c_marks_return ?? false}
              onChange={(event) => set({ c_marks_return: event.currentTarget.checked })}
            />
          )}
        </div>
      </Section>
      {ask.target === "sale" && seen.doubts.length > 0 && (
        <Section title={t("web.import.doubts")}>
          <ul className={css.doubts}>
            {seen.doubts.map((doubt) => (
              <li key={doubt}>{doubt}</li>
            ))}
          </ul>
        </Section>
      )}
      <Section title={t("web.import.step_columns")}>
        <ColumnMatch columns={seen.columns} fields={target?.fields ?? []} chosen={ask.columns} onChange={setColumns} />
      </Section>
      <Section title={t("web.import.step_preview")}>
        {preview.error ? (
          <Trouble error={preview.error} again={() => void preview.refetch()} />
        ) : (
          preview.data && <ImportPreview preview={preview.data} report={seen.report} />
        )}
      </Section>
      {check.data && (
        <div ref={outcome} className={css.outcome}>
          <Section title={t("web.import.step_check")}>
            <MendsTaken
              mends={ask.mends}
              labelOf={(name) => target?.fields.find((field) => field.name === name)?.label ?? name}
              onMend={mend}
            />
            <ImportState of={check.data} ask={ask} onMend={mend} />
          </Section>
        </div>
      )}
      <Group className={css.bar} gap="sm">
        <Button
          variant={checked ? "default" : "filled"}
          disabled={missing}
          loading={(start.isPending && !checked) || (check.data && going(check.data))}
          onClick={() => void begin(true)}
        >
          {t("web.import.check")}
        </Button>
        <Button
          variant={checked ? "filled" : "default"}
          disabled={missing}
          loading={start.isPending && checked}
          onClick={() => void begin(false)}
        >
          {t(checked && check.data?.bad ? "web.import.run_good" : "web.import.run")}
        </Button>
        <span className={css.hint}>
          {t(missing ? "web.import.missing_hint" : checked ? "web.import.undo_hint" : "web.import.check_hint")}
        </span>
      </Group>
    </div>
  );
}
