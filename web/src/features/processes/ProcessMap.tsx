// The map of a process: drawn, stages as columns and steps in them, and as a table of a row a step, with what is wrong
// at its place. On paper it stands as it is.
import type { Field, Row, Saved } from "@/api/shapes";
import { useEntity } from "@/api/useMeta";
import { t } from "@/core/words";
import { Scheme } from "@/features/processes/Scheme";
import { type Flaw, rowsOf, type Step, stepsOf, useFlaws, useProcessStages } from "@/features/processes/version";
import { fieldText } from "@/fields/fieldText";
import { Section } from "@/record/Section";
import css from "@/features/processes/ProcessMap.module.css";

const columns = ["performer", "input", "action", "result", "document", "norm"] as const;

export function ProcessMap({ version }: { version: Saved }) {
  const stages = useProcessStages(Number(version.process_id));
  const flaws = useFlaws(version).data?.items ?? [];
  const steps = stepsOf(version, stages);
  const rest = flaws.filter(({ field }) => !field.startsWith("steps."));
  return (
    <Section title={t("web.process.map")}>
      {rest.length > 0 && (
        <ul className={css.flaws}>
          {rest.map((flaw) => (
            <li key={`${flaw.field} ${flaw.key}`}>{placed(version, flaw)}</li>
          ))}
        </ul>
      )}
      {steps.length > 0 && (
        <>
          <Scheme stages={stages} steps={steps} />
          <MapTable version={version} steps={steps} flaws={flaws} />
        </>
      )}
    </Section>
  );
}

/* "gates.2.path": the condition says what it is called. */
function placed(version: Saved, flaw: Flaw) {
  const [list = "", at = ""] = flaw.field.split(".");
  const row = rowsOf(version, list)[Number(at)];
  const name = row ? String(row.says ?? row.name ?? row.code) : "";
  return name ? `${name}: ${flaw.says}` : flaw.says;
}

function performerOf(row: Row) {
  const titles = row._titles as Record<string, { title: string }> | undefined;
  const named = titles?.role_id?.title ?? titles?.user_id?.title;
  return named ?? (row.performer ? t(`process_step.performer.${String(row.performer)}`) : "");
}

function cellOf(fields: Field[], row: Row, column: (typeof columns)[number]) {
  const field = fields.find(({ name }) => name === column);
  return column === "performer" || !field ? performerOf(row) : fieldText(field, row as Saved);
}

function MapTable({ version, steps, flaws }: { version: Saved; steps: Step[]; flaws: Flaw[] }) {
  return (
    <div className={css.scroll} tabIndex={0} role="region" aria-label={t("web.process.map")}>
      <table className={css.table}>
        <thead>
          <tr>
            <th>№</th>
            <th>{t("process_step.name")}</th>
            {columns.map((column) => (
              <th key={column}>{t(`process_step.${column}`)}</th>
            ))}
          </tr>
        </thead>
        <tbody>
          {steps.map((step, number) => (
            <StepRow key={step.at} version={version} step={step} number={number + 1} flaws={flaws} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

interface RowProps {
  version: Saved;
  step: Step;
  number: number;
  flaws: Flaw[];
}

function StepRow({ version, step: { row, at, stage }, number, flaws }: RowProps) {
  const wrong = flaws.filter(({ field }) => field.startsWith(`steps.${at}.`));
  const gates = rowsOf(version, "gates").filter((gate) => gate.step === row.code);
  const fields = useEntity("process_version")?.children.find(({ name }) => name === "steps")?.fields ?? [];
  const outcomes = rowsOf(version, "outcomes").filter((outcome) => outcome.step === row.code);
  return (
    <tr data-wrong={wrong.length > 0 || undefined}>
      <td>{number}</td>
      <td>
        <b>{String(row.name)}</b>
        {stage && <small>{String(stage.name)}</small>}
        {row.purpose ? <small>{String(row.purpose)}</small> : null}
        {gates.map((gate) => (
          <small key={String(gate.code)}>☐ {String(gate.says)}</small>
        ))}
        {outcomes.length > 0 && <small>→ {outcomes.map(({ name }) => String(name)).join(" / ")}</small>}
        {wrong.map(({ field, says }) => (
          <small key={field} className={css.wrong}>
            {says}
          </small>
        ))}
      </td>
      {columns.map((column) => (
        <td key={column}>{cellOf(fields, row, column)}</td>
      ))}
    </tr>
  );
}
