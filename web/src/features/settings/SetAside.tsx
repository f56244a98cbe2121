// Jobs that took the server down twice and were set aside; nothing where there is none.
import { useQuery } from "@tanstack/react-query";
import { call } from "@/api/http";
import { moment } from "@/core/day";
import { t } from "@/core/words";
import { Section } from "@/record/Section";
import css from "@/features/settings/Me.module.css";

interface Jobs {
  items: { id: number; kind: string; at: string }[];
}

export function SetAside() {
  const { data } = useQuery({ queryKey: ["job"], queryFn: () => call<Jobs>("GET", "/api/job") });
  if (!data?.items.length) return null;
  return (
    <Section title={t("web.settings.jobs")}>
      <p className={css.note}>{t("web.settings.jobs_note")}</p>
      <ul className={css.sessions}>
        {data.items.map(({ id, kind, at }) => (
          <li key={id}>
            {moment(at)} · {t(`web.settings.job.${kind}`)}
          </li>
        ))}
      </ul>
    </Section>
  );
}
