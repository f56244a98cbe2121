// The words of a chart as text over it.
import type { Written } from "@/chart/texts";
import css from "@/chart/Texts.module.css";

export const Texts = ({ label, texts }: { label: string; texts: Written[] }) => (
  <ul className={css.texts} aria-label={label}>
    {texts.map(({ text, ...box }) => (
      <li key={`${text} ${box.left} ${box.top}`} style={box}>
        {text}
      </li>
    ))}
  </ul>
);
