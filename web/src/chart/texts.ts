// What a chart has written, and where it stands: a canvas shows it to the eye alone.
import type { ECharts } from "echarts/core";

export interface Written {
  text: string;
  left: number;
  top: number;
  width: number;
  height: number;
}

/* A line of text on ECharts' canvas; what holds it is the whole, which may have several. */
interface Line {
  type: string;
  parent: unknown;
  invisible?: boolean;
  style: { text?: string };
  getPaintRect: () => { x: number; y: number; width: number; height: number };
}

/* A name and its figure are centred on one line, but for some pixels. */
const SAME = 3;

function joined(lines: Line[]): Written {
  const boxes = lines.map((line) => line.getPaintRect());
  const [left, top] = [Math.min(...boxes.map(({ x }) => x)), Math.min(...boxes.map(({ y }) => y))];
  return {
    text: lines.map(({ style }) => style.text?.trim()).join(" "),
    left,
    top,
    width: Math.max(...boxes.map(({ x, width }) => x + width)) - left,
    height: Math.max(...boxes.map(({ y, height }) => y + height)) - top,
  };
}

/** In the order in which it is read: what stands at one place of the categories is together. */
export function textsOf(chart: ECharts): Written[] {
  const wholes = new Map<unknown, Line[]>();
  for (const each of chart.getZr().storage.getDisplayList() as unknown as Line[])
    if (each.type === "tspan" && each.style.text && !each.invisible)
      wholes.set(each.parent, [...(wholes.get(each.parent) ?? []), each]);
  const option = chart.getOption() as { yAxis?: { type?: string }[] };
  const across = option.yAxis?.[0]?.type !== "category";
  const along = ({ left, top, width, height }: Written) => (across ? left + width / 2 : top + height / 2);
  const athwart = ({ left, top }: Written) => (across ? -top : left);
  const places: Written[][] = [];
  for (const each of [...wholes.values()].map(joined).sort((a, b) => along(a) - along(b))) {
    const last = places.at(-1);
    if (last?.[0] && along(each) - along(last[0]) <= SAME) last.push(each);
    else places.push([each]);
  }
  return places.flatMap((place) => place.sort((a, b) => athwart(a) - athwart(b)));
}
