// How steps, conditions and outcomes of a draft are shown and typed: by the names of steps and fields, a condition as a
// sentence. Codes, by which versions are compared, are given by themselves and stand last.
import type { Choice, Entity, Field, Filter, Meta, Row, Saved, Value } from "@/api/shapes";
import { useMeta } from "@/api/useMeta";
import { useRecord } from "@/api/useRecord";
import { t } from "@/core/words";
import { rowsOf } from "@/features/processes/version";
import type { ChildShape } from "@/record/childShape";
import { FilterField } from "@/record/FilterField";
import { FilterText } from "@/record/FilterText";

const columns: Record<string, string[]> = {
  steps: ["name", "stage_id", "place", "performer", "role_id", "user_id", "norm", "must", "channel", "after", "code"],
  gates: ["says", "step", "needs", "path", "filter", "at", "how", "code"],
  outcomes: ["name", "step", "meets", "deviation", "code"],
};
const performing = ["place", "performer", "role_id", "user_id"];
const said = ["norm", "must", "channel", "purpose", "input", "action", "result", "document"];
const typed: Record<string, string[]> = {
  ...columns,
  steps: ["name", "stage_id", ...performing, ...said, "after", "code"],
  gates: ["says", "step", "at", "needs", "path", "filter", "how", "code"],
};

/* What is asked for by what was chosen before. */
const asked: Record<string, (row: Row) => boolean> = {
  role_id: ({ performer }) => performer === "role",
  user_id: ({ performer }) => performer === "user",
  path: ({ needs }) => needs === "field" || needs === "record",
  filter: ({ needs }) => needs === "filter",
};

const usual: Record<string, Row> = {
  steps: { performer: "keeper", must: true },
  gates: { at: "leave", needs: "tick", how: "refuse" },
  outcomes: { meets: true },
};

const stepChoices = (version: Saved): Choice[] =>
  rowsOf(version, "steps").map(({ code, name }) => ({ key: String(code), label: String(name) }));

/* Fields of the record, its lists, and records that point at it. */
function pathChoices(meta: Meta, subject: Entity): Choice[] {
  const own = subject.fields.map(({ name, label }) => ({ key: name, label }));
  const lists = subject.children.map(({ name, label }) => ({ key: name, label }));
  const pointing = meta.entities.flatMap((each) =>
    each.fields
      .filter(({ type, to }) => type === "ref" && to === subject.name)
      .map(({ name }) => ({ key: `<${each.name}.${name}`, label: each.label })),
  );
  return [...own, ...lists, ...pointing];
}

/* A value that is none of the choices says itself. */
function chosenFrom(field: Field, rows: Row[], options: Choice[]): Field {
  const known = new Set(options.map(({ key }) => key));
  const others = rows.map((row) => String(row[field.name] ?? "")).filter((key) => key && !known.has(key));
  return {
    ...field,
    type: "choice",
    options: [...options, ...[...new Set(others)].map((key) => ({ key, label: key }))],
  };
}

function freeCode(list: string, rows: Row[]) {
  const taken = new Set(rows.map(({ code }) => code));
  let n = rows.length + 1;
  while (taken.has(`${list.slice(0, -1)}${n}`)) n++;
  return `${list.slice(0, -1)}${n}`;
}

export function usePartShapes(version: Saved | undefined): Record<string, ChildShape> {
  const meta = useMeta();
  const process = Number(version?.process_id ?? 0);
  const about = String(useRecord("process", process, process > 0).data?.subject ?? "");
  const subject = meta.entities.find(({ name }) => name === about);
  const lists = meta.entities.find(({ name }) => name === "process_version")?.children ?? [];
  if (!version || !subject) return {};
  const shapeOf = (list: string, all: Field[]): ChildShape => {
    const rows = rowsOf(version, list);
    const choices: Record<string, () => Choice[]> = {
      step: () => stepChoices(version),
      path: () => pathChoices(meta, subject),
    };
    const named = (name: string) => {
      const field = all.find((each) => each.name === name);
      if (!field) return [];
      const told = name === "step" ? { ...field, label: t("process_step.name") } : field;
      return [choices[name] ? chosenFrom(told, rows, choices[name]()) : told];
    };
    return {
      columns: (columns[list] ?? []).flatMap(named),
      fields: (row) => (typed[list] ?? []).filter((name) => asked[name]?.(row) ?? true).flatMap(named),
      begin: () => ({ ...usual[list], code: freeCode(list, rows) }),
      text: ({ name }, row) => {
        if (!(asked[name]?.(row) ?? true)) return "";
        return name === "filter" && row.filter ? <FilterText about={about} filter={treeOf(row.filter)} /> : undefined;
      },
      input: ({ field, value, onChange, error }) =>
        field.name === "filter" ? (
          <FilterField
            field={{ ...field, to: about }}
            value={value ? treeOf(value) : null}
            onChange={(next: Value) => onChange(next ? JSON.stringify(next) : null)}
            error={error}
          />
        ) : undefined,
    };
  };
  return Object.fromEntries(lists.map(({ name, fields }) => [name, shapeOf(name, fields)]));
}

const treeOf = (text: unknown) => JSON.parse(String(text)) as Filter;
