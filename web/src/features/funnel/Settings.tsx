// What the funnel is of: the process, the period, whose deals.
import { Group, Select } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { ask, call } from "@/api/http";
import type { Page } from "@/api/shapes";
import { today } from "@/core/day";
import { t } from "@/core/words";
import { type Asked, periods, type Span, type Whose, whose } from "@/features/funnel/ask";
import { useAnswer } from "@/features/funnel/useAnswer";

interface Props {
  asked: Asked;
  process: number | undefined;
  now: Span;
  change: (name: keyof Asked, value: string | null) => void;
}

const useProcesses = () =>
  useQuery({
    queryKey: ["list", "process", "of deals"],
    queryFn: () => {
      const filter = JSON.stringify({ field: "subject", op: "is", value: "deal" });
      return call<Page>("GET", ask("/api/process", { filter, sort: "place", limit: 200 }));
    },
  }).data?.items ?? [];

export function Settings({ asked, process, now, change }: Props) {
  const processes = useProcesses();
  return (
    <Group gap="xs" mb="md">
      <Select
        aria-label={t("web.funnel.process")}
        data={processes.map(({ id, name }) => ({ value: String(id), label: String(name) }))}
        value={String(process ?? "")}
        allowDeselect={false}
        onChange={(value) => change("process", value)}
      />
      <Select
        aria-label={t("web.funnel.period")}
        data={periods.map((value) => ({
          value,
          label: value === "year" ? t("web.period.of_year", { year: today().slice(0, 4) }) : t(`web.period.${value}`),
        }))}
        value={asked.period}
        allowDeselect={false}
        onChange={(value) => change("period", value)}
      />
      <Select
        aria-label={t("web.funnel.cohort")}
        data={(["begun", "closed"] as const).map((value) => ({ value, label: t(`web.funnel.cohort.${value}`) }))}
        value={asked.cohort}
        allowDeselect={false}
        onChange={(value) => change("cohort", value)}
      />
      {whose.map((name) => (
        <WhoseSelect key={name} name={name} asked={asked} now={now} change={change} />
      ))}
    </Group>
  );
}

/* Those who have deals begun in the period, and who is chosen already. */
function WhoseSelect({ name, asked, now, change }: Omit<Props, "process"> & { name: Whose }) {
  const { data } = useAnswer({ metrics: ["deals_begun"], by: [name], period: now });
  const options = (data?.items ?? []).flatMap(({ keys: [key] }) =>
    key?.title ? [{ value: String(key.value), label: key.title }] : [],
  );
  if (!options.length && !asked[name]) return null;
  const chosen = asked[name];
  if (chosen && !options.some(({ value }) => value === chosen)) options.push({ value: chosen, label: `№ ${chosen}` });
  return (
    <Select
      aria-label={t(`web.funnel.whose.${name}`)}
      placeholder={t(`web.funnel.whose.${name}`)}
      data={options}
      value={chosen || null}
      clearable
      searchable
      onChange={(value) => change(name, value)}
    />
  );
}
