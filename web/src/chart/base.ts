// What all charts with axes share: room, quiet lines, short figures, an axis from zero.
import type { EChartsCoreOption } from "echarts/core";
import { short } from "@/core/number";
import type { Palette } from "@/chart/palette";

export type Option = EChartsCoreOption;

export const textOf = (p: Palette) => ({ color: p.dim, fontFamily: p.font, fontSize: 12 });

export const tooltipOf = (p: Palette) => ({
  backgroundColor: p.surface,
  borderColor: p.line,
  textStyle: { color: p.text, fontFamily: p.font },
  confine: true,
  transitionDuration: 0,
});

export const categories = (p: Palette, data: string[]) => ({
  type: "category" as const,
  data,
  axisLine: { lineStyle: { color: p.line } },
  axisTick: { show: false },
  axisLabel: { ...textOf(p), hideOverlap: true },
});

export const figures = (p: Palette, write: (n: number) => string = short) => ({
  type: "value" as const,
  axisLabel: { ...textOf(p), formatter: write, hideOverlap: true },
  splitLine: { lineStyle: { color: p.line } },
  splitNumber: 4,
});

export const room = { left: 8, right: 16, top: 24, bottom: 8, containLabel: true };

export const base = (p: Palette): Option => ({
  animation: false,
  textStyle: { fontFamily: p.font, color: p.text },
  grid: room,
  tooltip: {
    trigger: "axis",
    axisPointer: { type: "shadow", shadowStyle: { color: p.line, opacity: 0.35 } },
    ...tooltipOf(p),
  },
});
