// The rows of a list in another shape than that of a list; the code of each is fetched when it is seen.
import { type ReactNode, Suspense } from "react";
import type { Entity, Field, Saved } from "@/api/shapes";
import type { Wanted } from "@/api/useList";
import type { Shape } from "@/list/shapes";
import { later } from "@/ui/later";
import { Waiting } from "@/ui/Waiting";

export interface ShapeProps {
  of: Entity;
  label: string;
  wanted: Wanted;
  /** By what it has its shape, as the address says; empty: by what is usual. */
  by: string;
  onBy: (by: string) => void;
  /** What is told of a record beside its name. */
  columns: Field[];
  cell: (row: Saved, field: Field) => ReactNode | undefined;
  pathOf?: (row: Saved) => string;
}

const parts: Record<Exclude<Shape, "list">, ReturnType<typeof later<ShapeProps>>> = {
  board: later(() => import("@/list/board/Board")),
  tree: later(() => import("@/list/tree/TreeShape")),
  calendar: later(() => import("@/list/calendar/CalendarShape")),
  groups: later(() => import("@/list/groups/Groups")),
};

export function Shaped({ shape, ...props }: ShapeProps & { shape: Exclude<Shape, "list"> }) {
  const { Part } = parts[shape];
  return (
    <Suspense key={shape} fallback={<Waiting />}>
      <Part {...props} />
    </Suspense>
  );
}
