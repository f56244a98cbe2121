// A card on a board: a name, a sum, two or three facts; it opens its record, and is carried.
import { useDraggable } from "@dnd-kit/core";
import { Link } from "wouter";
import type { Entity, Field, Saved } from "@/api/shapes";
import { alignsRight, fieldText } from "@/fields/fieldText";
import { titleOf } from "@/fields/titleOf";
import type { ShapeProps } from "@/list/Shaped";
import css from "@/list/board/Board.module.css";

interface FaceProps extends Pick<ShapeProps, "cell"> {
  of: Entity;
  row: Saved;
  told: Field[];
}

/* Of several days one must know which is which. */
function noteOf(field: Field, row: Saved) {
  const text = fieldText(field, row);
  return text && /^(day|moment)$/.test(field.type) ? `${field.label} ${text}` : text;
}

export function CardFace({ of, row, told, cell }: FaceProps) {
  const name = of.fields.find((field) => field.name === of.title);
  const rest = told.filter((field) => field.name !== of.title && field.name !== "name");
  const figure = rest.find(({ type }) => type === "money") ?? rest.find(alignsRight);
  const notes = rest.filter((field) => field !== figure).slice(0, 3);
  return (
    <>
      <b className={css.title}>{(name && fieldText(name, row)) || titleOf(row)}</b>
      {figure && <span className={css.figure}>{cell(row, figure) ?? fieldText(figure, row)}</span>}
      {notes.map((field) => (
        <span key={field.name} className={css.note}>
          {cell(row, field) ?? noteOf(field, row)}
        </span>
      ))}
    </>
  );
}

interface Props extends FaceProps {
  path?: string;
  from: string;
  carries: boolean;
  /** It is being carried. */
  gone: boolean;
}

export function BoardCard({ path, from, carries, gone, ...face }: Props) {
  const { row } = face;
  const free = carries && !row.archived_at;
  const { attributes, listeners, setNodeRef } = useDraggable({ id: row.id, data: { row, from }, disabled: !free });
  const handle = free ? { ...listeners, "aria-describedby": attributes["aria-describedby"] } : {};
  return (
    <li className={css.item} data-gone={gone || undefined} data-archived={row.archived_at ? true : undefined}>
      {path ? (
        <Link ref={setNodeRef} href={path} className={css.card} draggable={false} {...handle}>
          <CardFace {...face} />
        </Link>
      ) : (
        <div ref={setNodeRef} className={css.card} {...handle} {...(free && { tabIndex: 0, role: "button" })}>
          <CardFace {...face} />
        </div>
      )}
    </li>
  );
}
