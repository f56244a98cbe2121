// The rows of a child list on a card: each change saves the parent at once and can be taken back.
import type { Row, Saved } from "@/api/shapes";
import { useFieldEdit } from "@/record/useFieldEdit";

const bare = ({ _titles, ...row }: Row): Row => row;

export function useChildren(entity: string, record: Saved, list: string) {
  const { save } = useFieldEdit(entity);
  const rows = ((record[list] as Row[] | undefined) ?? []).filter(Boolean);
  const put = (next: Row[]) =>
    save({ ...record, [list]: rows.map(bare) }, { [list]: next.map(bare) }, undefined, {
      [list]: next,
    } as unknown as Row);
  return {
    rows,
    keep: (row: Row) => put(row.id ? rows.map((each) => (each.id === row.id ? row : each)) : [...rows, row]),
    drop: (row: Row) => put(rows.filter((each) => each.id !== row.id)),
  };
}
