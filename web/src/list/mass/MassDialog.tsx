// One deed at the rows that are picked: what it will do, how far it is, whom it has left out and why, and a way back.
import { Button, Checkbox, Group, Progress, Select, Stack } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { Link } from "wouter";
import { Refusal, said } from "@/api/http";
import type { Entity, Field, Saved, Title, Value } from "@/api/shapes";
import { whole } from "@/core/number";
import { t, tn } from "@/core/words";
import { FieldInput } from "@/fields/FieldInput";
import { fieldText, valueText } from "@/fields/fieldText";
import { titleOf } from "@/fields/titleOf";
import { cardPath } from "@/list/door";
import { type DeedName, keeperOf } from "@/list/mass/PickedBar";
import { type Deed, type Done, tellBack, useMass, usePreview } from "@/list/mass/useMass";
import type { Picked } from "@/list/mass/usePicked";
import { Dialog } from "@/ui/Dialog";
import { tellDone } from "@/ui/toasts";
import css from "@/list/mass/MassDialog.module.css";

interface Props {
  of: Entity;
  deed: DeedName;
  picked: Picked;
  rows: Saved[];
  close: () => void;
}

/* A filter has no widget, and what is unique is no two records' alike. */
const settable = (of: Entity) =>
  of.fields.filter(
    (field) => !field.by_rule && !field.at_start && !field.not_anew && !field.unique && field.type !== "filter",
  );

const SHOWN = 5;

export function MassDialog({ of, deed, picked, rows, close }: Props) {
  const [question] = useState(picked.question);
  const [sample] = useState(() => rows.filter(picked.has).slice(0, SHOWN));
  const [field, setField] = useState<Field | undefined>(deed === "hand" ? keeperOf(of) : undefined);
  const [value, setValue] = useState<Value>(null);
  const [title, setTitle] = useState<Title>();
  const [clearing, setClearing] = useState(false);
  const mass = useMass(of.name);
  const next = field && !clearing ? wholeOf(field, value) : null;
  const asked: Deed | null =
    deed === "archive"
      ? { archive: true }
      : field && (next !== null || clearing)
        ? { values: { [field.name]: next } }
        : null;
  const preview = usePreview(of.name, question, mass.seen ? null : asked);
  const undo = async (done: Done) => tellBack(await mass.back(done.id));
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (!asked) return;
    const done = await mass.go(question, asked);
    if (done instanceof Refusal || done.refused + done.waiting > 0) return;
    picked.start(false);
    tellDone(told(done, deed === "hand" ? title : undefined), () => void undo(done));
    close();
  };
  const end = () => {
    picked.start(false);
    close();
  };
  if (mass.seen && !mass.busy)
    return <Result of={of} done={mass.seen} undo={(done) => void undo(done).then(end)} close={end} />;
  if (mass.seen)
    return (
      <Dialog onClose={close} title={t(`web.mass.${deed}`)}>
        {mass.seen.state === "undoing" ? (
          <p role="status">{t("web.mass.goes_back")}</p>
        ) : (
          <>
            <Progress value={(1 - mass.seen.waiting / mass.seen.total) * 100} aria-label={t("web.mass.going")} />
            <p role="status">
              {t("web.mass.so_far", { n: whole(mass.seen.total - mass.seen.waiting), all: whole(mass.seen.total) })}
            </p>
            <Group justify="flex-end" mt="md">
              <Button variant="default" onClick={() => void mass.stop(mass.seen?.id ?? 0)}>
                {t("web.mass.stop")}
              </Button>
            </Group>
          </>
        )}
      </Dialog>
    );
  const wrong = mass.refusal ?? preview.error;
  const bad = field && wrong instanceof Refusal ? wrong.of(field.name)[0] : undefined;
  return (
    <Dialog onClose={close} title={t(`web.mass.${deed}`)} size="lg">
      <form onSubmit={(event) => void submit(event)} noValidate>
        <Stack gap="sm">
          {wrong && !bad && <p role="alert">{said(wrong)}</p>}
          {deed === "change" && (
            <Select
              label={t("web.mass.field")}
              data={settable(of).map(({ name, label }) => ({ value: name, label }))}
              value={field?.name ?? null}
              onChange={(name) => {
                setField(of.fields.find((each) => each.name === name));
                setValue(null);
                setTitle(undefined);
                setClearing(false);
              }}
              searchable
              allowDeselect={false}
              comboboxProps={{ transitionProps: { duration: 0 } }}
              data-autofocus
            />
          )}
          {field && !clearing && (
            <FieldInput
              key={field.name}
              field={field}
              label={deed === "hand" ? t("web.mass.to_whom") : field.label}
              value={value}
              title={title}
              error={bad}
              onChange={(chosen, named) => (setValue(chosen), setTitle(named))}
            />
          )}
          {field && deed === "change" && field.type !== "bool" && (
            <Checkbox
              label={t("web.mass.clear")}
              checked={clearing}
              onChange={(event) => setClearing(event.currentTarget.checked)}
            />
          )}
          {preview.data && (
            <p className={css.count} role="status">
              {preview.data.count > preview.data.most
                ? t("mass.too_many", { limit: whole(preview.data.most) })
                : tn(willKey(deed, clearing), preview.data.may)}
              {preview.data.may < preview.data.count &&
                ` ${tn("web.mass.may_not", preview.data.count - preview.data.may)}`}
            </p>
          )}
          {asked && (
            <ul className={css.sample}>
              {sample.map((row) => (
                <li key={row.id}>
                  <b>{titleOf(row)}</b>
                  {field && (
                    <span>
                      {fieldText(field, row) || "—"} → {valueText(field, next, title) || t("web.mass.nothing")}
                    </span>
                  )}
                </li>
              ))}
            </ul>
          )}
        </Stack>
        <Group justify="flex-end" mt="lg">
          <Button variant="default" onClick={close}>
            {t("web.cancel")}
          </Button>
          <Button
            type="submit"
            loading={mass.busy}
            disabled={!asked || !preview.data?.may || preview.data.count > preview.data.most}
            color={deed === "archive" ? "red.9" : undefined}
          >
            {t(`web.mass.do_${deed}`)}
          </Button>
        </Group>
      </form>
    </Dialog>
  );
}

/* Null as long as nothing is chosen: to empty a field is asked for by itself. */
const wholeOf = (field: Field, value: Value): Value =>
  field.type === "bool" ? Boolean(value) : value === "" ? null : value;

const willKey = (deed: DeedName, clearing: boolean) =>
  deed === "archive" ? "web.mass.will_archive" : clearing ? "web.mass.will_clear" : "web.mass.will";

const told = (done: Done, to?: Title) =>
  to
    ? tn("web.mass.handed", done.changed, { name: to.title })
    : tn(done.archive ? "web.mass.archived" : "web.mass.changed", done.changed);

function Result({ of, done, undo, close }: { of: Entity; done: Done; undo: (done: Done) => void; close: () => void }) {
  const said = [
    told(done),
    done.same > 0 && tn("web.mass.same", done.same),
    done.waiting > 0 && tn("web.mass.waiting", done.waiting),
    done.refused > 0 && tn("web.mass.refused", done.refused),
  ].filter(Boolean);
  return (
    <Dialog onClose={close} title={t("web.mass.result")} size="lg">
      <p role="status">{said.join(" ")}</p>
      <ul className={css.sample}>
        {done.left.map((each) => (
          <li key={each.id}>
            <Link href={cardPath(of.name, each.id)} onClick={close}>
              {each.title}
            </Link>
            <span>{each.text}</span>
          </li>
        ))}
      </ul>
      <Group justify="flex-end" mt="lg">
        {done.changed > 0 && (
          <Button variant="default" onClick={() => undo(done)}>
            {t("web.mass.undo")}
          </Button>
        )}
        <Button onClick={close}>{t("web.close")}</Button>
      </Group>
    </Dialog>
  );
}
