// A chart as React sees it: drawn when it comes into sight, in the colours of the screen, again when these or the size
// change.
import { Skeleton } from "@mantine/core";
import { type MutableRefObject, useEffect, useRef, useState } from "react";
import type { ECharts } from "echarts/core";
import type { Option } from "@/chart/base";
import { type Palette, paletteOf } from "@/chart/palette";
import { Texts } from "@/chart/Texts";
import { textsOf, type Written } from "@/chart/texts";

export interface Clicked {
  name: string;
  seriesName?: string;
  seriesIndex?: number;
  dataIndex: number;
  /** Of a flow: "node" or "edge". */
  dataType?: string;
  data: unknown;
}

interface Props {
  label: string;
  height: number;
  draw: (palette: Palette, width: number) => Option;
  onClick?: (at: Clicked) => void;
  handle?: MutableRefObject<ECharts | null>;
  /** What it has written is text too. */
  legible?: boolean;
}

/* Between the margins of an A4 page, in CSS pixels. */
const PAPER = 688;

/* So long after the rest a chart is drawn unseen, so that it is there when the page is printed. */
const LATER_MS = 1500;

function useSeen(place: { current: HTMLElement | null }) {
  const [seen, setSeen] = useState(false);
  useEffect(() => {
    if (!place.current || seen) return;
    const root = place.current.closest("main"); // what scrolls: a margin reaches no farther than its own root
    const watch = new IntersectionObserver(
      (entries) => entries.some((entry) => entry.isIntersecting) && setSeen(true),
      { root, rootMargin: "200px" },
    );
    watch.observe(place.current);
    const later = setTimeout(() => setSeen(true), LATER_MS);
    return () => {
      clearTimeout(later);
      watch.disconnect();
    };
  }, [place, seen]);
  return seen;
}

export default function Chart({ label, height, draw, onClick, handle, legible }: Props) {
  const place = useRef<HTMLDivElement>(null);
  const own = useRef<ECharts | null>(null);
  const chart = handle ?? own;
  const clicked = useRef(onClick);
  clicked.current = onClick;
  const latest = useRef(draw);
  latest.current = draw;
  const seen = useSeen(place);
  const [ready, setReady] = useState(false);
  const [texts, setTexts] = useState<Written[]>([]);

  useEffect(() => {
    const element = place.current;
    if (!seen || !element) return;
    let gone = false;
    const paint = (printing = false) =>
      chart.current?.setOption(latest.current(paletteOf(element, printing), printing ? PAPER : element.clientWidth), {
        notMerge: true,
      });
    const onPrint = () => {
      chart.current?.resize({ width: PAPER });
      paint(true);
      chart.current?.getZr().flush();
    };
    const afterPrint = () => {
      chart.current?.resize({ width: "auto" });
      paint();
    };
    const resize = new ResizeObserver(() => {
      if (window.matchMedia("print").matches) return;
      chart.current?.resize();
      paint();
    });
    const colours = new MutationObserver(() => paint());
    void import("@/chart/engine").then(({ init }) => {
      if (gone) return;
      chart.current = init(element, undefined, { renderer: "canvas" });
      chart.current.on("click", (at) => clicked.current?.(at as unknown as Clicked));
      chart.current.on("finished", () => {
        if (legible && chart.current) setTexts(textsOf(chart.current));
      });
      paint();
      resize.observe(element);
      colours.observe(document.documentElement, { attributeFilter: ["data-mantine-color-scheme"] });
      window.addEventListener("beforeprint", onPrint);
      window.addEventListener("afterprint", afterPrint);
      setReady(true);
    });
    return () => {
      gone = true;
      resize.disconnect();
      colours.disconnect();
      window.removeEventListener("beforeprint", onPrint);
      window.removeEventListener("afterprint", afterPrint);
      chart.current?.dispose();
      chart.current = null;
    };
  }, [seen, chart, legible]);

  useEffect(() => {
    if (ready && place.current && chart.current)
      chart.current.setOption(draw(paletteOf(place.current), place.current.clientWidth), { notMerge: true });
  }, [draw, ready, chart]);

  return (
    <div style={{ position: "relative", height }}>
      {!ready && <Skeleton height={height - 16} radius="md" />}
      <div ref={place} role="img" aria-label={label} style={{ position: "absolute", inset: 0 }} />
      {texts.length > 0 && <Texts label={label} texts={texts} />}
    </div>
  );
}
