// What is wrong in the file: row, column, reason.
import { FigureTable } from "@/chart/FigureTable";
import { inWords } from "@/api/http";
import { whole } from "@/core/number";
import { t, tn } from "@/core/words";
import type { Import } from "@/features/import/types";

export function ImportProblems({ of }: { of: Import }) {
  const list = of.problems ?? [];
  if (!list.length) return null;
  const all = of.problem_count ?? list.length;
  return (
    <>
      <FigureTable
        label={t("web.import.problems")}
        maxHeight={340}
        head={[{ label: t("web.import.row") }, { label: t("web.import.column_head") }, { label: t("web.import.reason") }]}
        rows={list.map((problem) => [problem.row ? whole(problem.row) : "", String(problem.column ?? problem.field ?? ""), inWords(problem)])}
      />
      {all > list.length && <p>{tn("web.import.more_problems", all - list.length)}</p>}
    </>
  );
}
