// On a deal's card: what comes next by its process. The open step with all it needs, its list to tick off, what it came
// to; below it what became of the others.
import { Button, Checkbox, Group, Select } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { useRef, useState } from "react";
import type { Saved, Title } from "@/api/shapes";
import { said } from "@/api/http";
import { may, mayHere, useSession } from "@/api/useSession";
import { type Led, takeStep, type StepTaken, ticksOf, useWay, type WayStep } from "@/api/way";
import { moment } from "@/core/day";
import { t } from "@/core/words";
import { PlanForm } from "@/features/activities/PlanForm";
import { Newer } from "@/features/activities/Newer";
import { Section } from "@/record/Section";
import type { SectionProps } from "@/record/sections";
import { tellBad } from "@/ui/toasts";
import css from "@/features/activities/NextStep.module.css";

function useStep(deal: Saved) {
  const client = useQueryClient();
  const [busy, setBusy] = useState(0);
  const last = useRef(Promise.resolve());
  const send = async (body: StepTaken) => {
    try {
      client.setQueryData(["way", "deal", deal.id, null], await takeStep("deal", deal.id, body));
    } catch (error) {
      tellBad(said(error));
    }
    setBusy((waiting) => waiting - 1);
  };
  /* One after the other: of two ticks in a row the second does not wait for the first to be answered. */
  const take = (body: StepTaken) => {
    setBusy((waiting) => waiting + 1);
    last.current = last.current.then(() => send(body));
    return last.current;
  };
  return { take, busy: busy > 0 };
}

export default function NextStep({ record: deal }: SectionProps) {
  const session = useSession();
  const { data: way } = useWay("deal", deal.id);
  if (!way?.led) return null;
  const mine = mayHere(session, "deal", deal, "change") && !deal.archived_at && deal.state === "open";
  const open = way.steps.filter(({ state, stage_id: stage }) => state === "open" && stage === way.stage_id);
  const ahead = way.steps.find(({ state }) => state === null);
  return (
    <Section
      title={t("web.way.title")}
      aside={<span className={css.version}>{t("web.way.version", { number: way.number })}</span>}
    >
      {mine && way.newer && <Newer deal={deal.id} newer={way.newer} />}
      {deal.state === "open" &&
        open.map((step) => <Open key={step.code} deal={deal} way={way} step={step} mine={mine} />)}
      {deal.state === "open" && !open.length && ahead && (
        <p className={css.next}>{t("web.way.next", { step: `${ahead.number}. ${ahead.name}` })}</p>
      )}
      <ol className={css.steps}>
        {way.steps.map((step) => (
          <Passed key={step.code} way={way} step={step} />
        ))}
      </ol>
    </Section>
  );
}

const parts = ["purpose", "input", "action", "result", "document"] as const;

function Open({ deal, way, step, mine }: { deal: Saved; way: Led; step: WayStep; mine: boolean }) {
  const { take, busy } = useStep(deal);
  const [outcome, setOutcome] = useState<string | null>(null);
  const [ticked, setTicked] = useState<Record<string, boolean>>({});
  const tick = async (code: string, on: boolean) => {
    setTicked((before) => ({ ...before, [code]: on }));
    await take({ step: step.code, ...ticksOf(way, step.code, { [code]: on }) });
    setTicked(({ [code]: _told, ...others }) => others);
  };
  const gates = way.gates.filter((gate) => gate.step === step.code && gate.at === "leave");
  const outcomes = way.outcomes.filter((each) => each.step === step.code);
  const late = step.due_at !== null && new Date(step.due_at) < new Date();
  return (
    <article className={css.open} aria-label={step.name}>
      <h3>
        {step.number}. {step.name}
        {step.due_at && (
          <span className={css.due} data-late={late || undefined}>
            {t("web.way.due", { moment: moment(step.due_at) })}
          </span>
        )}
      </h3>
      <dl className={css.meaning}>
        {parts.map(
          (part) =>
            step[part] && (
              <div key={part}>
                <dt>{t(`process_step.${part}`)}</dt>
                <dd>{step[part]}</dd>
              </div>
            ),
        )}
      </dl>
      {gates.map((gate) =>
        gate.needs === "tick" ? (
          <Checkbox
            key={gate.code}
            label={gate.says}
            checked={ticked[gate.code] ?? gate.met}
            disabled={!mine}
            onChange={({ currentTarget: { checked } }) => void tick(gate.code, checked)}
          />
        ) : (
          !gate.met && (
            <p key={gate.code} className={css.missing}>
              {gate.fault ? `${gate.says}. ${gate.fault}` : gate.says}
            </p>
          )
        ),
      )}
      {mine && (
        <Group gap="xs" mt="xs">
          {step.channel && <PlanWork deal={deal} step={step} />}
          {outcomes.length > 0 && (
            <Select
              aria-label={t("web.way.came_to")}
              placeholder={t("web.way.came_to")}
              data={outcomes.map(({ code, name }) => ({ value: code, label: name }))}
              value={outcome}
              comboboxProps={{ transitionProps: { duration: 0 } }}
              onChange={setOutcome}
            />
          )}
          <Button
            loading={busy}
            onClick={() => void take({ step: step.code, close: true, ...(outcome && { outcome }) })}
          >
            {t("web.way.close")}
          </Button>
        </Group>
      )}
    </article>
  );
}

const titled = (deal: Saved, field: string): Title | undefined =>
  deal[field] ? { id: Number(deal[field]), title: deal._titles?.[field]?.title ?? "" } : undefined;

function PlanWork({ deal, step }: { deal: Saved; step: WayStep }) {
  const session = useSession();
  const [planning, setPlanning] = useState(false);
  if (!may(session, "activity", "add")) return null;
  return (
    <>
      <Button variant="default" onClick={() => setPlanning(true)}>
        {t(`web.way.plan_${step.channel ?? "work"}`)}
      </Button>
      {planning && (
        <PlanForm
          client={titled(deal, "client_id")}
          person={titled(deal, "person_id")}
          performer={titled(deal, "keeper_id")}
          about={`deal:${deal.id}`}
          step={step.code}
          channel={step.channel ?? "work"}
          close={() => setPlanning(false)}
        />
      )}
    </>
  );
}

function Passed({ way, step }: { way: Led; step: WayStep }) {
  const came = way.outcomes.find((each) => each.step === step.code && each.code === step.outcome);
  const note = [
    came?.name,
    step.deviation && t("process_outcome.deviation"),
    step.state === "skipped" && !step.override_by && t("web.way.before"),
    step.override_by && t("web.way.overridden", { name: step.override_by, why: step.why ?? "" }),
  ].filter(Boolean);
  return (
    <li data-state={step.state ?? "ahead"} data-odd={step.deviation || step.override_by !== null || undefined}>
      <span>
        {step.number}. {step.name}
      </span>
      {note.length > 0 && <small>{note.join(" · ")}</small>}
    </li>
  );
}
