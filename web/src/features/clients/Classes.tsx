// The classes of a client as the analyses gave them, each with the day since when.
import { Tooltip } from "@mantine/core";
import { day } from "@/core/day";
import { known, t } from "@/core/words";
import type { ClientCard } from "@/features/clients/useClientCard";
import css from "@/features/clients/Classes.module.css";

const tones: Record<string, string> = {
  A: "good",
  X: "good",
  active: "good",
  new: "good",
  slipping: "warn",
  at_risk: "bad",
  lost: "bad",
};
export const toneOf = (value: string) => tones[value];
const valueOf = (kind: string, value: string) =>
  known(`client.${kind}.${value}`) ? t(`client.${kind}.${value}`) : value;

export function Classes({ classes }: { classes: ClientCard["classes"] }) {
  return (
    <ul className={css.classes}>
      {classes.map(({ kind, value, since }) => (
        <Tooltip key={kind} label={t("web.client.since", { day: day(since) })}>
          <li className={css.class} data-tone={toneOf(value)}>
            <span className={css.kind}>{t(`web.client.class_${kind}`)}</span> {valueOf(kind, value)}
          </li>
        </Tooltip>
      ))}
    </ul>
  );
}
