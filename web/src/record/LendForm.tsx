// To whom, until when, how far and why a record is lent.
import { Button, Group, Radio, Stack, TextInput } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { inWords, Refusal, said } from "@/api/http";
import type { Problem, Title } from "@/api/shapes";
import { daysAfter, today } from "@/core/day";
import { t } from "@/core/words";
import DayInput from "@/fields/DayInput";
import { RefSelect } from "@/fields/RefSelect";
import { type Level, useLend } from "@/record/useLoans";
import { tellBad, tellDone } from "@/ui/toasts";
import css from "@/record/Loans.module.css";

const WEEK = 7;

export function LendForm({ record, mayWork }: { record: string; mayWork: boolean }) {
  const [person, setPerson] = useState<Title | null>(null);
  const [until, setUntil] = useState<string | null>(daysAfter(today() ?? "", WEEK));
  const [level, setLevel] = useState<Level>("look");
  const [why, setWhy] = useState("");
  const [problems, setProblems] = useState<Problem[]>([]);
  const { mutateAsync, isPending } = useLend(record);
  const wrong = (field: string) => {
    const problem = problems.find((one) => one.field === field);
    return problem && inWords(problem);
  };
  const lend = async (event: FormEvent) => {
    event.preventDefault();
    try {
      await mutateAsync({ user: person?.id ?? 0, until: until ?? "", level, why: why.trim() || undefined });
      tellDone(t("web.lend.done", { name: person?.title ?? "" }));
      setPerson(null);
      setProblems([]);
    } catch (error) {
      setProblems(error instanceof Refusal ? error.problems : []);
      if (!(error instanceof Refusal) || !error.problems.some((one) => one.field)) tellBad(said(error));
    }
  };
  const lacks = !person ? t("web.lend.no_person") : !until ? t("web.lend.no_day") : "";
  return (
    <form onSubmit={(event) => void lend(event)} noValidate>
      <Stack gap="sm">
        <RefSelect
          entity="user"
          label={t("web.lend.person")}
          value={person?.id ?? null}
          title={person ?? undefined}
          onChange={setPerson}
          error={wrong("user")}
        />
        <DayInput
          label={t("web.lend.until")}
          value={until}
          onChange={(value) => setUntil(typeof value === "string" ? value : null)}
          error={wrong("until")}
        />
        <Radio.Group label={t("web.lend.level")} value={level} onChange={(value) => setLevel(value as Level)}>
          <Group mt={4}>
            <Radio value="look" label={t("web.lend.look")} />
            <Radio value="work" label={t("web.lend.work")} disabled={!mayWork} />
          </Group>
        </Radio.Group>
        <TextInput
          label={t("web.lend.why")}
          maxLength={200}
          value={why}
          onChange={(event) => setWhy(event.currentTarget.value)}
        />
      </Stack>
      <Group justify="flex-end" mt="md">
        {lacks && <span className={css.note}>{lacks}</span>}
        <Button type="submit" loading={isPending} disabled={Boolean(lacks)}>
          {t("web.lend.do")}
        </Button>
      </Group>
    </form>
  );
}
