// Changing a record from where it stands among others: against the version that was begun with, asked about what the
// server needs beside, taken back within ten seconds, and refused in words.
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { Refusal, said } from "@/api/http";
import type { Entity, Field, Row, Saved, Title } from "@/api/shapes";
import { useChange } from "@/api/useSave";
import { t } from "@/core/words";
import { titleOf } from "@/fields/titleOf";
import { type Needed, NeededDialog } from "@/list/NeededDialog";
import { tellBad, tellDone } from "@/ui/toasts";

/* The fields that a refusal names, where it names no others: what may be given and was not. */
function lacking(of: Entity, values: Row, error: unknown): Field[] {
  if (!(error instanceof Refusal) || error.status !== 422) return [];
  const fields = error.problems.map(({ field }) => of.fields.find(({ name }) => name === field));
  const good = fields.every((field) => field && !(field.name in values) && !field.by_rule && field.type !== "filter");
  return good ? fields.flatMap((field) => field ?? []) : [];
}

export function useRowChange(of: Entity) {
  const { mutateAsync } = useChange(of.name);
  const client = useQueryClient();
  const [needed, setNeeded] = useState<Needed | null>(null);
  const shown = () =>
    Promise.all(["list", "group"].map((kind) => client.invalidateQueries({ queryKey: [kind, of.name] })));

  const asked = (row: Row, fields: Field[], refusal: Refusal) =>
    new Promise<Row | null>((resolve) =>
      setNeeded({
        title: titleOf(row),
        fields,
        problems: refusal.problems,
        answer: (values) => {
          setNeeded(null);
          resolve(values);
        },
      }),
    );

  /* Null: it is not meant after all. */
  const send = async (row: Saved, values: Row, titles?: Record<string, Title>): Promise<[Saved, Row] | null> => {
    for (let given = values; ; ) {
      try {
        return [await mutateAsync({ id: row.id, version: row.version, values: given, titles }), given];
      } catch (error) {
        const fields = lacking(of, given, error);
        if (!fields.length) throw error;
        const more = await asked(row, fields, error as Refusal);
        if (!more) return null;
        given = { ...given, ...Object.fromEntries(fields.map(({ name }) => [name, null])), ...more };
      }
    }
  };

  const undo = (saved: Saved, values: Row) => async () => {
    try {
      if (await send(saved, values)) tellDone(t("web.record.undone"));
    } catch (error) {
      tellBad(said(error));
    }
  };

  /** True when it is saved and the lists show it; false when it was refused, which has been said. */
  const change = async (row: Saved, values: Row, done?: string, titles?: Record<string, Title>): Promise<boolean> => {
    const back = Object.fromEntries(Object.keys(values).map((name) => [name, row[name] ?? null]));
    try {
      const sent = await send(row, values, titles);
      if (!sent) return false;
      tellDone(done ?? t("web.record.saved"), () => void undo(sent[0], back)());
      await shown();
      return true;
    } catch (error) {
      tellBad(said(error));
      return false;
    }
  };
  return { change, dialog: needed && <NeededDialog needed={needed} /> };
}
