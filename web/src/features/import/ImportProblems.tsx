// What is wrong in the file, by kind: how many rows, the first of them, and what mends them all. A warning was taken
// all the same.
import type { Entity } from "@/api/shapes";
import { useEntity } from "@/api/useMeta";
import { FigureTable } from "@/chart/FigureTable";
import { known, sentence, t, tn } from "@/core/words";
import { MendKind } from "@/features/import/MendKind";
import { type Ask, type Import, isLeftOut, type ProblemKind } from "@/features/import/types";
import css from "@/features/import/ImportProblems.module.css";
import { placeOf } from "@/features/import/place";

/* A field of the target, of one of its lists ("phones.number"), or a role of a file of sales. */
export function labelOf(entity: Entity | null, name: string | null | undefined): string {
  if (!name) return "";
  const [list, inner] = name.split(".");
  const fields = inner ? entity?.children.find((child) => child.name === list)?.fields : entity?.fields;
  const field = fields?.find((each) => each.name === (inner ?? name));
  if (field) return field.label;
  return known(`columns.role.${name}`) ? t(`columns.role.${name}`) : name;
}

interface Props {
  of: Import;
  /** What was asked for, where it may still be asked for in another way. */
  ask?: Ask;
  onMend?: (part: Partial<Ask>) => void;
}

export function ImportProblems({ of, ask, onMend }: Props) {
  const entity = useEntity(of.target);
  return (of.kinds ?? []).map((kind) => (
    <div key={`${kind.key} ${kind.field} ${kind.warning}`} className={css.kind}>
      <div className={css.head}>
        <h3 className={css.title} data-tone={kind.warning ? "warn" : "bad"}>
          {headOf(kind, labelOf(entity, kind.field))}
        </h3>
        {kind.mend && ask && onMend && (
          <MendKind mend={kind.mend} field={kind.field} ask={ask} onMend={onMend} label={labelOf(entity, kind.field)} />
        )}
      </div>
      <FigureTable
        label={`${t("web.import.problems")}: ${headOf(kind, labelOf(entity, kind.field))}`}
        goesOn
        head={[
          { label: t("web.import.row") },
          { label: t("web.import.column_head") },
          { label: t("web.import.cell") },
          { label: t("web.import.reason") },
        ]}
        rows={kind.rows.map((each) => [
          each.row ? placeOf(each.row) : "",
          labelOf(entity, kind.field),
          each.cell,
          { text: sentence(each.text), tone: kind.warning ? ("warn" as const) : ("bad" as const) },
        ])}
      />
      {kind.count > kind.rows.length && (
        <p className={css.more}>{tn("web.import.more_problems", kind.count - kind.rows.length)}</p>
      )}
    </div>
  ));
}

function headOf(kind: ProblemKind, label: string): string {
  const told = isLeftOut(kind) ? "kind_left_out" : kind.warning ? "kind_doubt" : "kind_bad";
  const count = tn(`web.import.${told}`, kind.count);
  return label ? `${sentence(label)}: ${count}` : sentence(count);
}
