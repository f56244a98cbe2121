// Planning a call, a meeting, a visit, a task: with whom, what for, when, and who does it.
import { Button, Group, Select, Stack, TextInput } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { inWords, onceKey, Refusal, said } from "@/api/http";
import type { Row, Saved, Title } from "@/api/shapes";
import { useSession } from "@/api/useSession";
import { useEntity } from "@/api/useMeta";
import { useDraft } from "@/core/draft";
import { t } from "@/core/words";
import type { When } from "@/features/activities/types";
import { useClientPersons } from "@/features/activities/useClientPersons";
import { useDeeds } from "@/features/activities/useDeeds";
import { isContact, useAims, useKinds } from "@/features/activities/useKinds";
import { dueOf } from "@/features/activities/when";
import { WhenInput } from "@/features/activities/WhenInput";
import { RefSelect } from "@/fields/RefSelect";
import { Dialog } from "@/ui/Dialog";
import { useNarrow } from "@/ui/useNarrow";
import css from "@/features/activities/CloseForm.module.css";

interface Draft {
  kind: number | null;
  client: Title | null;
  person: number | null;
  aim: number | null;
  performer: Title | null;
  subject: string;
  place: string;
  when: When | null;
}

interface Props {
  client?: Title;
  person?: Title;
  /** What it is about: "deal:42". */
  about?: string;
  /** The step of the process whose work it is. */
  step?: string;
  /** Who does it, where it is not who plans. */
  performer?: Title;
  /** How one will speak: call, meeting, visit … */
  channel?: string;
  when?: When;
  close: () => void;
}

const options = (rows: Saved[] | undefined) =>
  (rows ?? []).map((row) => ({ value: String(row.id), label: String(row.name) }));
const plain = { transitionProps: { duration: 0 } };
const FIELDS = /^(kind_id|client_id|person_id|aim_id|performer_id|due_at|subject|place)$/;

const valuesOf = (draft: Draft, kind: number | null, about?: string, step?: string): Row => ({
  kind_id: kind,
  ...(about && { about }),
  ...(step && { step }),
  client_id: draft.client?.id ?? null,
  person_id: draft.person,
  aim_id: draft.aim,
  subject: draft.subject || null,
  place: draft.place || null,
  performer_id: draft.performer?.id ?? null,
  ...(draft.when && dueOf(draft.when)),
});

export function PlanForm({ client, person, about, step, performer, channel, when, close }: Props) {
  const narrow = useNarrow();
  const session = useSession();
  const entity = useEntity("activity");
  const kinds = useKinds();
  const aims = useAims();
  const { plan } = useDeeds();
  const me = { id: session.user.id, title: session.user.name };
  const [start] = useState<Draft>({
    kind: null,
    client: client ?? null,
    person: person?.id ?? null,
    aim: null,
    performer: performer ?? me,
    subject: "",
    place: "",
    when: when ?? null,
  });
  const [kept, keep] = useDraft<Draft>(
    ["plan", about, step, client?.id, person?.id, channel, when?.day, when?.hour, performer?.id]
      .map((part) => part ?? "")
      .join("."),
  );
  const draft = kept ?? start;
  const set = (values: Partial<Draft>) => keep({ ...draft, ...values });
  const [once, setOnce] = useState(onceKey);
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  const persons = useClientPersons(draft.client?.id);
  const kind =
    kinds?.find((each) => each.id === draft.kind) ?? kinds?.find((each) => each.channel === (channel ?? "call"));
  const contact = isContact(kind?.channel);
  const only = persons.length === 1 ? (persons[0]?.id ?? null) : null;
  const spoken = draft.person ?? only;
  const wrong = (field: string) => refusal?.of(field)[0];
  const rest = refusal?.problems.filter((problem) => !FIELDS.test(problem.field ?? "")) ?? [];
  const label = (name: string) => entity?.fields.find((field) => field.name === name)?.label ?? name;
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setRefusal(null);
    try {
      await plan.mutateAsync({ values: valuesOf({ ...draft, person: spoken }, kind?.id ?? null, about, step), once });
      keep(undefined);
      close();
    } catch (error) {
      setOnce(onceKey());
      setRefusal(error instanceof Refusal ? error : new Refusal(0, said(error), []));
    }
  };
  return (
    <Dialog onClose={close} title={t("web.today.new")} size="lg" fullScreen={narrow}>
      <form onSubmit={(event) => void submit(event)} noValidate>
        <Stack gap="sm">
          {refusal && (rest.length > 0 || !refusal.problems.length) && (
            <p className={css.refused} role="alert">
              {rest.map(inWords).join(" ") || refusal.title}
            </p>
          )}
          <Select
            label={label("kind_id")}
            data={options(kinds)}
            value={kind ? String(kind.id) : null}
            error={wrong("kind_id")}
            allowDeselect={false}
            comboboxProps={plain}
            onChange={(id) => set({ kind: Number(id) })}
          />
          {!contact && (
            <TextInput
              label={label("subject")}
              required
              value={draft.subject}
              maxLength={300}
              error={wrong("subject")}
              onChange={(event) => set({ subject: event.currentTarget.value })}
            />
          )}
          <RefSelect
            label={label("client_id")}
            entity="client"
            value={draft.client?.id ?? null}
            title={draft.client ?? undefined}
            error={wrong("client_id")}
            clearable
            onChange={(picked) => set({ client: picked, person: null })}
          />
          {persons.length > 0 && (
            <Select
              label={label("person_id")}
              data={options(persons)}
              value={spoken ? String(spoken) : null}
              error={wrong("person_id")}
              clearable
              clearButtonProps={{ "aria-label": t("web.clear") }}
              comboboxProps={plain}
              onChange={(id) => set({ person: id ? Number(id) : null })}
            />
          )}
          {contact && (
            <Select
              label={label("aim_id")}
              required
              data={options(aims)}
              value={draft.aim ? String(draft.aim) : null}
              error={wrong("aim_id")}
              comboboxProps={plain}
              onChange={(id) => set({ aim: id ? Number(id) : null })}
            />
          )}
          {["meeting", "visit"].includes(String(kind?.channel)) && (
            <TextInput
              label={label("place")}
              value={draft.place}
              maxLength={300}
              error={wrong("place")}
              onChange={(event) => set({ place: event.currentTarget.value })}
            />
          )}
          <WhenInput
            label={label("due_at")}
            required
            value={draft.when}
            onChange={(chosen) => set({ when: chosen })}
            error={wrong("due_at")}
            now
          />
          <RefSelect
            label={label("performer_id")}
            entity="user"
            value={draft.performer?.id ?? null}
            title={draft.performer ?? undefined}
            error={wrong("performer_id")}
            onChange={(picked) => set({ performer: picked })}
          />
        </Stack>
        <Group justify="flex-end" mt="lg">
          <Button variant="default" onClick={() => (keep(undefined), close())}>
            {t("web.cancel")}
          </Button>
          <Button type="submit" loading={plan.isPending || !kinds}>
            {t("web.today.plan")}
          </Button>
        </Group>
      </form>
    </Dialog>
  );
}
