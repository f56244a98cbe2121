// As what a list is seen, and by what.
import { SegmentedControl, Select } from "@mantine/core";
import type { FunctionComponent } from "react";
import Calendar from "icons/IconCalendar.mjs";
import Board from "icons/IconLayoutKanban.mjs";
import List from "icons/IconList.mjs";
import Stack from "icons/IconStack2.mjs";
import Tree from "icons/IconBinaryTree2.mjs";
import type { Field } from "@/api/shapes";
import { t } from "@/core/words";
import type { Shape } from "@/list/shapes";
import css from "@/list/ShapeSwitch.module.css";

const icons: Record<Shape, FunctionComponent<{ size?: number }>> = {
  list: List,
  board: Board,
  tree: Tree,
  calendar: Calendar,
  groups: Stack,
};

export function ShapeSwitch({
  shapes,
  value,
  onChange,
}: {
  shapes: Shape[];
  value: Shape;
  onChange: (shape: Shape) => void;
}) {
  return (
    <SegmentedControl
      size="xs"
      className={css.shapes}
      aria-label={t("web.shape")}
      value={value}
      onChange={(next) => onChange(next as Shape)}
      transitionDuration={0}
      data={shapes.map((each) => {
        const Icon = icons[each];
        return {
          value: each,
          label: (
            <span className={css.shape} title={t(`web.shape.${each}`)}>
              <Icon size={16} aria-hidden />
              <span className={css.word}>{t(`web.shape.${each}`)}</span>
            </span>
          ),
        };
      })}
    />
  );
}

interface ByProps {
  label: string;
  fields: Field[];
  value: string;
  onChange: (name: string) => void;
  /** What stands for none. */
  none?: string;
}

/** By which field a board is parted, or where in a calendar a record stands. */
export function ShapeBy({ label, fields, value, onChange, none }: ByProps) {
  const data = fields.map(({ name, label: text }) => ({ value: name, label: text }));
  return (
    <Select
      size="sm"
      className={css.by}
      aria-label={label}
      title={label}
      data={none ? [{ value: "-", label: none }, ...data] : data}
      value={value}
      onChange={(next) => next && onChange(next)}
      allowDeselect={false}
    />
  );
}
