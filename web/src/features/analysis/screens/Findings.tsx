// What the base says: the findings worth most money, each with its door and its verb.
import { Button, Paper } from "@mantine/core";
import { Link } from "wouter";
import ArrowRight from "icons/IconArrowRight.mjs";
import { wholeMoney } from "@/core/number";
import { sentence, t } from "@/core/words";
import { rowsOf } from "@/features/analysis/answers";
import type { ScreenProps } from "@/features/analysis/screen";
import { Nothing } from "@/ui/Nothing";
import css from "@/features/analysis/screens/Findings.module.css";

interface Finding {
  text: string;
  amount: string;
  to: string;
  verb: string;
}

export default function Findings({ data, settings }: ScreenProps) {
  const findings = rowsOf<Finding>(data, "items");
  if (!findings.length) return <Nothing title={t("web.findings.none")}>{t("web.findings.none_note")}</Nothing>;
  return (
    <ol className={css.findings}>
      {findings.map((finding, at) => (
        <Paper key={finding.text} component="li" withBorder radius="md" className={css.finding}>
          <span className={css.place} aria-hidden>
            {at + 1}
          </span>
          <div>
            <p className={css.text}>{sentence(finding.text)}</p>
            <div className={css.foot}>
              <span className={css.worth}>
                {t("web.findings.worth")} <b>{wholeMoney(finding.amount)}</b>
              </span>
              {finding.to && (
                <Button component={Link} href={kept(finding.to, settings)} variant="light" size="compact-md" className="screen-only" rightSection={<ArrowRight size={15} />}>
                  {finding.verb}
                </Button>
              )}
            </div>
          </div>
        </Paper>
      ))}
    </ol>
  );
}

/* The screen behind a finding is asked with the same settings, so that its figures are the same. */
function kept(to: string, settings: Record<string, string>) {
  const [path = "", query = ""] = to.split("?");
  const all = new URLSearchParams({ ...settings, ...Object.fromEntries(new URLSearchParams(query)) });
  return all.size ? `${path}?${all}` : path;
}
