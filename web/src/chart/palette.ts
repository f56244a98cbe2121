// The colours of charts are those of the screen: one accent, one for warning, one for bad, the rest is grey.
export interface Palette {
  text: string;
  dim: string;
  line: string;
  surface: string;
  accent: string;
  soft: string;
  good: string;
  warn: string;
  bad: string;
  font: string;
}

const paper: Palette = {
  text: "#000",
  dim: "#444",
  line: "#ccc",
  surface: "#fff",
  accent: "#1864ab",
  soft: "#a5c8ea",
  good: "#2b7a3d",
  warn: "#a35200",
  bad: "#c92a2a",
  font: "sans-serif",
};

export function paletteOf(element: Element, printing = false): Palette {
  if (printing) return paper;
  const style = getComputedStyle(element);
  const read = (name: string) => style.getPropertyValue(name).trim();
  return {
    text: read("--mantine-color-text"),
    dim: read("--mantine-color-dimmed"),
    line: read("--line"),
    surface: read("--surface"),
    accent: read("--accent"),
    soft: read("--accent-soft"),
    good: read("--good"),
    warn: read("--warn"),
    bad: read("--bad"),
    font: read("--mantine-font-family"),
  };
}

const channels = (color: string) => [1, 3, 5].map((at) => parseInt(color.slice(at, at + 2), 16));

/** A colour seen through: its label keeps its own strength, which `opacity` would take from it. */
export const faded = (color: string, alpha: number) => `rgba(${channels(color).join(",")},${alpha})`;

/** The colour between two. */
export const between = (a: string, b: string) =>
  `rgb(${channels(a)
    .map((value, at) => Math.round((value + (channels(b)[at] ?? 0)) / 2))
    .join(",")})`;
