// The parts of ECharts that are used; they are fetched when the first chart comes into sight.
import { BarChart, BoxplotChart, HeatmapChart, LineChart, SankeyChart, ScatterChart } from "echarts/charts";
import { CalendarComponent, DataZoomInsideComponent, GridComponent, LegendComponent, MarkLineComponent, MarkPointComponent, TooltipComponent, VisualMapPiecewiseComponent } from "echarts/components";
import * as echarts from "echarts/core";
import { CanvasRenderer } from "echarts/renderers";

echarts.use([BarChart, BoxplotChart, LineChart, HeatmapChart, SankeyChart, ScatterChart, CalendarComponent, DataZoomInsideComponent, GridComponent, LegendComponent, MarkLineComponent, MarkPointComponent, TooltipComponent, VisualMapPiecewiseComponent, CanvasRenderer]);

export const init = echarts.init;
