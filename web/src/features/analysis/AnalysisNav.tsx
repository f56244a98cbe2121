// The analyses, one click from each other.
import { Select } from "@mantine/core";
import { Link, useLocation } from "wouter";
import { t } from "@/core/words";
import { analyses, groups } from "@/features/analysis/list";
import { useHalf } from "@/ui/useNarrow";
import css from "@/features/analysis/AnalysisNav.module.css";

export function AnalysisNav({ at }: { at: string }) {
  const half = useHalf();
  const [, go] = useLocation();
  if (half)
    return (
      <Select
        className={css.select}
        aria-label={t("web.analysis.choose")}
        value={at}
        allowDeselect={false}
        onChange={(name) => name && go(`/analysis/${name}`)}
        data={groups.map((group) => ({
          group: t(`web.analysis.group.${group}`),
          items: analyses
            .filter((each) => each.group === group)
            .map(({ name }) => ({ value: name, label: t(`web.analysis.${name}`) })),
        }))}
      />
    );
  return (
    <nav className={css.nav} aria-label={t("web.analysis.choose")}>
      {groups.map((group) => (
        <div key={group}>
          <div className={css.group}>{t(`web.analysis.group.${group}`)}</div>
          {analyses
            .filter((each) => each.group === group)
            .map(({ name }) => (
              <Link
                key={name}
                href={`/analysis/${name}`}
                className={css.link}
                aria-current={name === at ? "page" : undefined}
              >
                {t(`web.analysis.${name}`)}
              </Link>
            ))}
        </div>
      ))}
    </nav>
  );
}
