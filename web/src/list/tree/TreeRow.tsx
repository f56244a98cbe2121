// One record of a tree: what stands below it is folded and unfolded, it is carried, and others are put below it.
import { useDraggable, useDroppable } from "@dnd-kit/core";
import type { CSSProperties } from "react";
import { Link } from "wouter";
import ChevronDown from "icons/IconChevronDown.mjs";
import ChevronRight from "icons/IconChevronRight.mjs";
import type { Field } from "@/api/shapes";
import { whole } from "@/core/number";
import { t } from "@/core/words";
import { fieldText } from "@/fields/fieldText";
import { titleOf } from "@/fields/titleOf";
import type { ShapeProps } from "@/list/Shaped";
import type { Branch } from "@/list/tree/branches";
import css from "@/list/tree/TreeShape.module.css";

interface Props extends Pick<ShapeProps, "cell"> {
  branch: Branch;
  told: Field[];
  path?: string;
  /** The one that Tab comes to. */
  stop: boolean;
  carries: boolean;
  carried: boolean;
  onFold: () => void;
  onFocus: () => void;
}

export function TreeRow({ branch, told, cell, path, stop, carries, carried, onFold, onFocus }: Props) {
  const { row, level, below, open, aside } = branch;
  const lift = useDraggable({ id: row.id, disabled: !carries });
  const place = useDroppable({ id: row.id, disabled: !carries || carried });
  const name = titleOf(row);
  const Fold = open ? ChevronDown : ChevronRight;
  return (
    <li
      ref={(node) => {
        lift.setNodeRef(node);
        place.setNodeRef(node);
      }}
      role="treeitem"
      aria-level={level}
      aria-expanded={below ? open : undefined}
      aria-label={name}
      aria-describedby={carries ? lift.attributes["aria-describedby"] : undefined}
      tabIndex={stop ? 0 : -1}
      data-id={row.id}
      data-aside={aside || undefined}
      data-carried={carried || undefined}
      data-over={place.isOver || undefined}
      data-archived={row.archived_at ? true : undefined}
      className={css.row}
      style={{ "--level": level } as CSSProperties}
      onFocus={onFocus}
      {...(carries ? lift.listeners : {})}
    >
      {below ? (
        <button
          type="button"
          tabIndex={-1}
          className={css.fold}
          aria-label={t(open ? "web.tree.fold" : "web.tree.unfold", { name })}
          onClick={onFold}
        >
          <Fold size={16} />
        </button>
      ) : (
        <span className={css.fold} />
      )}
      {path ? (
        <Link href={path} tabIndex={-1} draggable={false} className={css.name}>
          {name}
        </Link>
      ) : (
        <span className={css.name}>{name}</span>
      )}
      {below > 0 && <span className={css.count}>{whole(below)}</span>}
      {told.map((field) => (
        <span key={field.name} className={css.fact}>
          {cell(row, field) ?? fieldText(field, row)}
        </span>
      ))}
    </li>
  );
}
