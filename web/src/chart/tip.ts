// What a chart says under the pointer: a heading and full values. Made of elements, as no style may come in as text.
import css from "@/chart/tip.module.css";

export type TipLine = [label: string, value: string];

export function tip(heading: string, lines: TipLine[], note?: string): HTMLElement {
  const box = document.createElement("div");
  box.className = css.tip ?? "";
  const add = (parent: HTMLElement, tag: string, text: string, className?: string) => {
    const element = document.createElement(tag);
    element.textContent = text;
    if (className) element.className = className;
    parent.append(element);
    return element;
  };
  if (heading) add(box, "b", heading);
  for (const [label, value] of lines) {
    const line = add(box, "div", "", css.line);
    add(line, "span", label);
    add(line, "span", value, css.value);
  }
  if (note) add(box, "small", note);
  return box;
}
