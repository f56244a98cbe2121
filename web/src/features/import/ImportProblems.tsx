// What is wrong in the file: row, column, what stands there, reason. A warning was taken all the same.
import { inWords } from "@/api/http";
import type { Entity } from "@/api/shapes";
import { useEntity } from "@/api/useMeta";
import { FigureTable } from "@/chart/FigureTable";
import { known, sentence, t, tn } from "@/core/words";
import type { Import } from "@/features/import/types";

/* A field of the target, of one of its lists ("phones.number"), or a role of a file of sales. */
export function labelOf(entity: Entity | null, name: string | undefined): string {
  if (!name) return "";
  const [list, inner] = name.split(".");
  const fields = inner ? entity?.children.find((child) => child.name === list)?.fields : entity?.fields;
  const field = fields?.find((each) => each.name === (inner ?? name));
  if (field) return field.label;
  return known(`columns.role.${name}`) ? t(`columns.role.${name}`) : name;
}

export function ImportProblems({ of }: { of: Import }) {
  const entity = useEntity(of.target);
  const list = of.problems ?? [];
  if (!list.length) return null;
  const all = of.problem_count ?? list.length;
  return (
    <>
      <FigureTable
        label={t("web.import.problems")}
        maxHeight={340}
        head={[{ label: t("web.import.row") }, { label: t("web.import.column_head") }, { label: t("web.import.cell") }, { label: t("web.import.reason") }]}
        rows={list.map((problem) => [problem.row ? String(problem.row) : "", labelOf(entity, problem.column ?? problem.field), problem.cell ?? "", { text: sentence(inWords(problem)), tone: problem.warning ? ("warn" as const) : ("bad" as const) }])}
      />
      {all > list.length && <p>{tn("web.import.more_problems", all - list.length)}</p>}
    </>
  );
}
