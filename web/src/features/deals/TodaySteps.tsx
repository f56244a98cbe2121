// On Today: steps of one's deals whose term is today or past, each a door to its deal, where it is done.
import { useQuery } from "@tanstack/react-query";
import { Link } from "wouter";
import { call } from "@/api/http";
import type { Title } from "@/api/shapes";
import { moment } from "@/core/day";
import { t } from "@/core/words";
import { Section } from "@/record/Section";
import css from "@/features/deals/TodaySteps.module.css";

interface DueStep {
  deal: Title;
  client: Title | null;
  step: string;
  due_at: string;
}

export default function TodaySteps() {
  const { data } = useQuery({
    queryKey: ["way", "deal", "today"],
    queryFn: () => call<{ items: DueStep[] }>("GET", "/api/deal/steps_due"),
    refetchInterval: 60_000,
  });
  if (!data?.items.length) return null;
  return (
    <Section title={t("web.way.today")}>
      <ul className={css.list}>
        {data.items.map((line) => (
          <Line key={`${line.deal.id} ${line.step}`} line={line} />
        ))}
      </ul>
    </Section>
  );
}

function Line({ line }: { line: DueStep }) {
  const late = new Date(line.due_at).getTime() < Date.now();
  return (
    <li className={css.line}>
      <Link href={`/deals/${line.deal.id}`}>{line.step}</Link>
      <span>{[line.client?.title, line.deal.title].filter(Boolean).join(" · ")}</span>
      <span className={css.due} data-late={late || undefined}>
        {t(late ? "web.way.late" : "web.way.due", { moment: moment(line.due_at) })}
      </span>
    </li>
  );
}
