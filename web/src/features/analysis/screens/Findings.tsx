// What the base says: losses, risks and chances apart, each finding with its deed, its price and the door to whom it is
// about.
import { t } from "@/core/words";
import { rowsOf } from "@/features/analysis/answers";
import type { ScreenProps } from "@/features/analysis/screen";
import { Finding, type FindingRow, type PriceRow } from "@/record/Finding";
import { Nothing } from "@/ui/Nothing";
import css from "@/features/analysis/screens/Findings.module.css";

const kinds = ["loss", "risk", "chance", "note"];

export default function Findings({ data, settings }: ScreenProps) {
  const findings = rowsOf<FindingRow>(data, "items");
  const prices = rowsOf<PriceRow>(data, "prices");
  if (!findings.length) return <Nothing title={t("web.findings.none")}>{t("web.findings.none_note")}</Nothing>;
  return (
    <div className={css.findings}>
      {kinds.map((kind) => {
        const rows = findings.filter((row) => row.kind === kind);
        if (!rows.length) return null;
        return (
          <section key={kind} aria-label={t(`finding.kind.${kind}`)}>
            <h2 className={css.kind}>{t(`finding.kind.${kind}`)}</h2>
            <ol className={css.list}>
              {rows.map((row) => (
                <Finding
                  key={row.item}
                  row={row}
                  prices={prices.filter(({ item }) => item === row.item)}
                  path={(to) => kept(to, settings)}
                />
              ))}
            </ol>
          </section>
        );
      })}
    </div>
  );
}

/* The screen behind a finding is asked with the same settings, so that its figures are the same; a card has none. */
function kept(to: string, settings: Record<string, string>) {
  const [path = "", query = ""] = to.split("?");
  const all = new URLSearchParams({
    ...(path.startsWith("/analysis/") ? settings : {}),
    ...Object.fromEntries(new URLSearchParams(query)),
  });
  return all.size ? `${path}?${all}` : path;
}
