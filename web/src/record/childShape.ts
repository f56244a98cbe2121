// How a list of children is shown and typed where the description of its fields does not say it all.
import type { ReactNode } from "react";
import type { Field, Row } from "@/api/shapes";
import type { InputProps } from "@/fields/FieldInput";

export interface ChildShape {
  /** The columns, in their order; those in which no row has a value are left out. */
  columns: Field[];
  /** What is typed of a row, as far as it is typed, in its order. */
  fields: (row: Row) => Field[];
  /** What a new row begins with. */
  begin: () => Row;
  text?: (field: Field, row: Row) => ReactNode | undefined;
  input?: (props: InputProps) => ReactNode | undefined;
}
