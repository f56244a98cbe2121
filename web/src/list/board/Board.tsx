// The records of a list as cards in columns, one for each value of a field: heads and sums by one question, and of each
// column that is in sight a page of cards. A card that is carried into another column has another value, as soon as
// that is saved; refused, it goes back.
import { type Announcements, DndContext, type DragEndEvent, DragOverlay } from "@dnd-kit/core";
import { useRef, useState } from "react";
import { may, useSession } from "@/api/useSession";
import { useMeta } from "@/api/useMeta";
import type { Saved } from "@/api/shapes";
import { t, tn } from "@/core/words";
import { titleOf } from "@/fields/titleOf";
import { BoardColumn } from "@/list/board/BoardColumn";
import { CardFace } from "@/list/board/BoardCard";
import { type Column, useColumnsOf } from "@/list/board/useColumnsOf";
import { aimed, useCarrying } from "@/list/carrying";
import type { ShapeProps } from "@/list/Shaped";
import { boardFields, isCarried } from "@/list/shapes";
import { ShapeBy } from "@/list/ShapeSwitch";
import { useRowChange } from "@/list/useRowChange";
import { Trouble } from "@/ui/Trouble";
import { Waiting } from "@/ui/Waiting";
import css from "@/list/board/Board.module.css";

/** A card that is carried, and where it came from. */
export interface Carried {
  row: Saved;
  from: string;
}

export default function Board({ of, label, wanted, by, onBy, columns: told, cell, pathOf }: ShapeProps) {
  const session = useSession();
  const fields = boardFields(of, useMeta().entities);
  const field = fields.find(({ name }) => name === by) ?? fields[0];
  if (!field) throw new Error("a board is of a field");
  const { columns, more, error, refetch, pending } = useColumnsOf(of.name, field, wanted);
  const { change, dialog } = useRowChange(of);
  const [carried, setCarried] = useState<Carried | null>(null);
  const [moves, setMoves] = useState<ReadonlyMap<number, Carried & { to: string }>>(new Map());
  const scroller = useRef<HTMLDivElement>(null);
  const carries = may(session, of.name, "change") && isCarried(field);
  const { sensors, begun, ended } = useCarrying();
  const end = () => {
    setCarried(null);
    ended();
  };
  const put = (id: number, move: (Carried & { to: string }) | undefined) =>
    setMoves((before) => {
      const next = new Map(before);
      if (move) next.set(id, move);
      else next.delete(id);
      return next;
    });
  const carry = async ({ row, from }: Carried, to: Column) => {
    put(row.id, { row, from, to: to.key });
    const said = t("web.board.moved", { name: titleOf(row), column: to.label });
    await change(row, { [field.name]: to.value }, said, to.title && { [field.name]: to.title });
    put(row.id, undefined);
  };
  const dropped = ({ over }: DragEndEvent) => {
    const to = columns.find(({ key }) => key === over?.id);
    if (carried && to && to.key !== carried.from) void carry(carried, to);
    end();
  };
  const nameOf = (key: unknown) => columns.find((each) => each.key === key)?.label ?? "";
  const announcements: Announcements = {
    onDragStart: ({ active }) => t("web.board.lifted", { name: titleOf((active.data.current as Carried).row) }),
    onDragOver: ({ over }) => (over ? nameOf(over.id) : undefined),
    onDragEnd: ({ over }) => (over ? t("web.board.dropped", { column: nameOf(over.id) }) : t("web.board.back")),
    onDragCancel: () => t("web.board.back"),
  };
  return (
    <>
      {dialog}
      <div className={css.by}>
        <ShapeBy label={t("web.board.by")} fields={fields} value={field.name} onChange={onBy} />
        {more > 0 && <p role="status">{tn("web.board.more_columns", more)}</p>}
      </div>
      {error ? (
        <Trouble error={error} again={() => void refetch()} />
      ) : pending ? (
        <Waiting />
      ) : (
        <DndContext
          sensors={sensors}
          collisionDetection={aimed}
          accessibility={{ announcements, screenReaderInstructions: { draggable: t("web.board.keys") } }}
          onDragStart={({ active }) => {
            begun();
            setCarried(active.data.current as Carried);
          }}
          onDragEnd={dropped}
          onDragCancel={end}
        >
          <div
            ref={scroller}
            className={css.board}
            role="group"
            aria-label={label}
            data-carrying={carried ? true : undefined}
          >
            {columns.map((column) => (
              <BoardColumn
                key={`${field.name} ${column.key}`}
                of={of}
                field={field}
                column={column}
                wanted={wanted}
                told={told}
                cell={cell}
                pathOf={pathOf}
                carries={carries}
                carried={carried}
                moves={[...moves.values()]}
                frame={scroller}
              />
            ))}
          </div>
          <DragOverlay dropAnimation={null}>
            {carried && (
              <div className={css.flying}>
                <CardFace of={of} row={carried.row} told={told} cell={cell} />
              </div>
            )}
          </DragOverlay>
        </DndContext>
      )}
    </>
  );
}
