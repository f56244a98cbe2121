// Changing a record at once: saved as typed, taken back within ten seconds, and a clash with somebody else is shown,
// not hidden.
import { isOfWay } from "@/api/confirming";
import { Refusal, said } from "@/api/http";
import type { Row, Saved, Title } from "@/api/shapes";
import { useChange } from "@/api/useSave";
import { t } from "@/core/words";
import { clash } from "@/record/clash";
import { tellBad, tellDone } from "@/ui/toasts";

const before = (record: Saved, values: Row): Row =>
  Object.fromEntries(Object.keys(values).map((name) => [name, record[name] ?? null]));

export function useFieldEdit(entity: string) {
  const { mutateAsync, isPending } = useChange(entity);

  const undo = (saved: Saved, values: Row) => async () => {
    try {
      await mutateAsync({ id: saved.id, version: saved.version, values });
      tellDone(t("web.record.undone"));
    } catch (error) {
      tellBad(said(error));
    }
  };

  /** Saves the values; the refusal when the server did not take them, null when it did or when a clash is being
   * shown. `titles` and `lists` say what is pointed at. */
  const save = async (
    record: Saved,
    values: Row,
    titles?: Record<string, Title>,
    lists?: Row,
  ): Promise<Refusal | null> => {
    const back = before(record, values);
    try {
      const saved = await mutateAsync({ id: record.id, version: record.version, values, titles, lists });
      tellDone(t("web.record.saved"), undo(saved, back));
      return null;
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      if (
        error.status !== 409 ||
        isOfWay(error) ||
        !error.problems.some((problem) => problem.field && !problem.confirmable)
      )
        return error;
      clash.set({ entity, id: record.id, values, refusal: error });
      return null;
    }
  };
  return { save, busy: isPending };
}
