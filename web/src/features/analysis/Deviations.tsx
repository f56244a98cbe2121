// Where the shape of the base is not the usual one, in words.
import { type Answer, rowsOf } from "@/features/analysis/answers";
import css from "@/features/analysis/Deviations.module.css";

export function Deviations({ data }: { data: Answer }) {
  const list = rowsOf<{ text: string }>(data, "deviations");
  if (!list.length) return null;
  return (
    <ul className={css.deviations}>
      {list.map(({ text }) => (
        <li key={text}>{text}</li>
      ))}
    </ul>
  );
}
