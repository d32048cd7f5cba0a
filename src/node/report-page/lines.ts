import uPlot from "uplot";
import type { PageData } from "../report/page-data.js";
import { axes, lastInLegend, value } from "./axes.js";
import type { Colours, Size } from "./theme.js";

/** Curves of a few series over the epochs. */
export function drawLines(
  at: HTMLElement,
  { x, fit, series }: PageData,
  which: readonly number[],
  size: Size,
  look: Colours,
  isLog: boolean,
): uPlot {
  const options: uPlot.Options = {
    ...size,
    scales: {
      x: { time: false, range: (_, low, high) => (low === high ? [low - 1, high + 1] : [low, high]) },
      ...(isLog && { y: { distr: 3, log: 10 } }),
    },
    axes: axes(look, true, isLog),
    cursor: { y: false, drag: { x: false, y: false } },
    legend: { live: true },
    series: [
      { label: "epoch", value: (_, epoch) => (epoch === null ? "–" : String(epoch)) },
      ...which.map((i, order) => ({
        label: series[i].name,
        ...{ stroke: look.series[order], width: 2, value, spanGaps: true },
        ...(order === 1 && { dash: [6, 4] }),
        points: { show: x.length <= 60, size: 5, fill: look.series[order] },
      })),
    ],
    hooks: { ...lastInLegend(x.length - 1), drawClear: [(plot) => markFits(plot, x, fit, look)] },
  };
  return new uPlot(options, [[...x], ...which.map((i) => [...series[i].values])], at);
}

/** A line where a new fit begins. */
function markFits(plot: uPlot, x: readonly number[], fit: readonly number[], look: Colours): void {
  const { ctx, bbox } = plot;
  ctx.save();
  ctx.strokeStyle = look.text;
  ctx.setLineDash([2, 4]);
  for (let i = 1; i < x.length; i++) {
    if (fit[i] === fit[i - 1]) continue;
    const place = plot.valToPos((x[i - 1] + x[i]) / 2, "x", true);
    ctx.beginPath();
    ctx.moveTo(place, bbox.top);
    ctx.lineTo(place, bbox.top + bbox.height);
    ctx.stroke();
  }
  ctx.restore();
}
