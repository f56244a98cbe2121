// A move that the process does not let pass yet: all that is missing, to be done on the spot; and for whoever may,
// going on without it, with a reason.
import { Button, Checkbox, Group, Select, Stack, Textarea } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import type { About, Asked } from "@/api/confirming";
import { call, inWords, said } from "@/api/http";
import type { Entity, Row, Saved, Title, Value } from "@/api/shapes";
import { useEntity } from "@/api/useMeta";
import { type Led, takeStep, ticksOf, useWay, type WayGate } from "@/api/way";
import { t } from "@/core/words";
import { FieldInput } from "@/fields/FieldInput";
import { Dialog } from "@/ui/Dialog";
import css from "@/record/WayDialog.module.css";

interface Done {
  ticks: Record<string, boolean>;
  outcomes: Record<string, string>;
  values: Row;
}

const fieldOf = (of: Entity | null, gate: WayGate) =>
  gate.needs === "field" ? of?.fields.find(({ name, by_rule: ruled }) => name === gate.path && !ruled) : undefined;

/* Fields first: a step closes only where they hold, and only after those before it. */
async function doIt({ entity, id, version }: About, way: Led, { ticks, outcomes, values }: Done) {
  if (Object.keys(values).length) await call<Saved>("PATCH", `/api/${entity}/${id}`, { body: values, version });
  const ticked = way.gates.filter(({ code }) => code in ticks).map(({ step }) => step);
  for (const step of new Set(ticked)) await takeStep(entity, id, { step, ...ticksOf(way, step, ticks) });
  for (const { code: step } of way.steps) {
    const outcome = outcomes[step];
    if (outcome) await takeStep(entity, id, { step, outcome, close: true });
  }
}

export function WayDialog({ move, problems, answer }: Asked & { move: About }) {
  const to = Number(move.values.stage_id);
  const { data: way } = useWay(move.entity, move.id, to);
  const client = useQueryClient();
  const [done, setDone] = useState<Done>({ ticks: {}, outcomes: {}, values: {} });
  const [reason, setReason] = useState("");
  const [wrong, setWrong] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const lack = way?.led ? way.to : null;
  const onlyMeant = problems.every(({ key }) => key === "run.gates_meant");
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    event.stopPropagation();
    if (!way?.led) return;
    if (onlyMeant) return answer("");
    setBusy(true);
    try {
      await doIt(move, way, done);
      answer("", true);
    } catch (error) {
      setWrong(said(error));
    }
    setBusy(false);
    void client.invalidateQueries({ queryKey: ["way", move.entity, move.id] });
  };
  return (
    <Dialog onClose={() => answer(null)} title={t(onlyMeant ? "web.way.meant" : "web.way.missing")}>
      <form onSubmit={(event) => void submit(event)} noValidate>
        <Stack gap="sm">
          {wrong && (
            <p className={css.wrong} role="alert">
              {wrong}
            </p>
          )}
          {way?.led && lack ? (
            <Missing of={move.entity} way={way} done={done} setDone={setDone} />
          ) : (
            problems.map((problem) => <p key={problem.key}>{inWords(problem)}</p>)
          )}
          {lack?.may_override && !onlyMeant && (
            <div className={css.over}>
              <Textarea
                label={t("web.way.over")}
                autosize
                minRows={1}
                maxLength={1000}
                value={reason}
                onChange={(event) => setReason(event.currentTarget.value)}
              />
              <Button variant="subtle" disabled={!reason.trim()} onClick={() => answer(reason.trim())}>
                {t("web.way.over_go")}
              </Button>
            </div>
          )}
        </Stack>
        <Group justify="flex-end" mt="md">
          <Button variant="default" onClick={() => answer(null)}>
            {t("web.confirm.back")}
          </Button>
          <Button type="submit" loading={busy}>
            {t(onlyMeant ? "web.way.go_on" : "web.way.do_and_go")}
          </Button>
        </Group>
      </form>
    </Dialog>
  );
}

interface MissingProps {
  of: string;
  way: Led;
  done: Done;
  setDone: (done: Done) => void;
}

function Missing({ of, way, done, setDone }: MissingProps) {
  const gates = way.gates.filter(({ code }) => way.to && [...way.to.gates, ...way.to.meant].includes(code));
  const steps = way.steps.filter(({ code }) => way.to?.steps.includes(code));
  return (
    <>
      {steps.map((step) => {
        const outcomes = way.outcomes.filter((outcome) => outcome.step === step.code);
        const here = step.state === "open" && step.stage_id === way.stage_id && outcomes.length > 0;
        const label = `${step.number}. ${step.name}`;
        return here ? (
          <Select
            key={step.code}
            label={label}
            description={step.purpose}
            placeholder={t("web.way.came_to")}
            data={outcomes.map(({ code, name }) => ({ value: code, label: name }))}
            value={done.outcomes[step.code] ?? null}
            comboboxProps={{ transitionProps: { duration: 0 } }}
            onChange={(code) => code && setDone({ ...done, outcomes: { ...done.outcomes, [step.code]: code } })}
          />
        ) : (
          <p key={step.code} className={css.step}>
            {t("web.way.first", { step: label })}
          </p>
        );
      })}
      {gates.map((gate) => (
        <Gate key={gate.code} of={of} gate={gate} done={done} setDone={setDone} />
      ))}
    </>
  );
}

function Gate({ of, gate, done, setDone }: Pick<MissingProps, "of" | "done" | "setDone"> & { gate: WayGate }) {
  const entity = useEntity(of);
  const [title, setTitle] = useState<Title | undefined>();
  const field = fieldOf(entity, gate);
  if (gate.needs === "tick")
    return (
      <Checkbox
        label={gate.says}
        checked={done.ticks[gate.code] ?? gate.met}
        onChange={(event) => setDone({ ...done, ticks: { ...done.ticks, [gate.code]: event.currentTarget.checked } })}
      />
    );
  if (!field) return <p className={css.step}>{gate.fault ? `${gate.says}. ${gate.fault}` : gate.says}</p>;
  return (
    <FieldInput
      field={field}
      value={(done.values[field.name] ?? null) as Value}
      title={title}
      warning={gate.says}
      onChange={(value, picked) => {
        setTitle(picked);
        setDone({ ...done, values: { ...done.values, [field.name]: value } });
      }}
    />
  );
}
