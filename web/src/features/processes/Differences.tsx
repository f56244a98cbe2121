// What a version says otherwise than the one in force.
import type { Row, Saved } from "@/api/shapes";
import { t } from "@/core/words";
import { differing, useInForce } from "@/features/processes/version";
import { Section } from "@/record/Section";

const nameOf = (row: Row) => String(row.name ?? row.says ?? row.code);

export function Differences({ version }: { version: Saved }) {
  const other = useInForce(version);
  if (!other) return null;
  const kinds = ["added", "gone", "changed"] as const;
  const lines = differing(version, other).flatMap((one) =>
    kinds
      .filter((kind) => one[kind].length > 0)
      .map((kind) => ({
        key: `${one.list} ${kind}`,
        text: `${t(`process_version.${one.list}`)}, ${t(`web.process.${kind}`)}: ${one[kind].map(nameOf).join(", ")}`,
      })),
  );
  return (
    <Section title={t("web.process.against", { number: Number(other.number) })}>
      {lines.length ? (
        <ul>
          {lines.map(({ key, text }) => (
            <li key={key}>{text}</li>
          ))}
        </ul>
      ) : (
        <p>{t("web.process.same")}</p>
      )}
    </Section>
  );
}
