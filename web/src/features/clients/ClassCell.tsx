// A class, a status or a day of a client in a list.
import { day } from "@/core/day";
import { known, t } from "@/core/words";
import { toneOf } from "@/features/clients/Classes";
import { useClasses } from "@/features/clients/useClasses";
import css from "@/features/clients/Classes.module.css";

export type Column = "abc" | "xyz" | "status" | "last" | "next";

export function ClassCell({ id, column }: { id: number; column: Column }) {
  const { data } = useClasses(id);
  const value = data?.[column];
  if (!value) return null;
  if (column === "last" || column === "next") return day(value);
  if (column !== "status") return value;
  const text = known(`client.status.${value}`) ? t(`client.status.${value}`) : value;
  return (
    <span className={css.mark} data-tone={toneOf(value)}>
      {text}
    </span>
  );
}
