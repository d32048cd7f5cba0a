import uPlot from "uplot";
import type { Histogram } from "../report/histogram.js";
import type { PageData } from "../report/page-data.js";
import { axes, lastInLegend, value } from "./axes.js";
import type { Colours, Size } from "./theme.js";

interface Column {
  readonly x: number;
  readonly histogram: Histogram;
}

/** The histograms of a parameter side by side, a column an epoch: the more numbers, the darker. */
export function drawHeat(
  at: HTMLElement,
  { histograms }: PageData,
  parameter: number,
  kind: "weights" | "gradients",
  size: Size,
  look: Colours,
): uPlot {
  const columns = histograms.flatMap(({ x, [kind]: all }): Column[] => {
    const histogram = all[parameter];
    return histogram === null ? [] : [{ x, histogram }];
  });
  const least = Math.min(...columns.map(({ histogram }) => histogram.least));
  const largest = Math.max(...columns.map(({ histogram }) => histogram.largest));
  const room = largest > least ? (largest - least) / 20 : Math.abs(least) / 10 || 1;
  const hidden = { paths: () => null, points: { show: false }, value };
  const colour = look.series[kind === "weights" ? 0 : 1];
  const edges = edgesOf(columns);
  const options: uPlot.Options = {
    ...size,
    scales: {
      x: { time: false, range: [edges[0], edges[edges.length - 1]] },
      y: { range: [least - room, largest + room] },
    },
    axes: axes(look, true),
    cursor: { y: false, drag: { x: false, y: false }, points: { show: false } },
    series: [
      { label: "epoch", value: (_, epoch) => (epoch === null ? "–" : String(epoch)) },
      { label: "mean", ...hidden, stroke: colour },
      { label: "deviation", ...hidden, stroke: colour },
    ],
    hooks: { ...lastInLegend(columns.length - 1), draw: [(plot) => paint(plot, columns, edges, colour)] },
  };
  const numbers = (name: "mean" | "deviation") => columns.map(({ histogram }) => histogram[name]);
  return new uPlot(options, [columns.map(({ x }) => x), numbers("mean"), numbers("deviation")], at);
}

/** Columns reach from half-way to half-way. */
function edgesOf(columns: readonly Column[]): readonly number[] {
  const x = columns.map((column) => column.x);
  const between = x.slice(1).map((right, i) => (x[i] + right) / 2);
  const last = x.length - 1;
  const half = last === 0 ? 0.5 : (x[last] - x[last - 1]) / 2;
  const first = last === 0 ? 0.5 : (x[1] - x[0]) / 2;
  return [x[0] - first, ...between, x[last] + half];
}

function paint(plot: uPlot, columns: readonly Column[], edges: readonly number[], colour: string): void {
  const { ctx } = plot;
  const across = (x: number) => Math.round(plot.valToPos(x, "x", true));
  const up = (y: number) => plot.valToPos(y, "y", true);
  ctx.save();
  ctx.fillStyle = colour;
  for (const [i, { histogram }] of columns.entries()) {
    const { least, largest, bins } = histogram;
    const [left, right] = [across(edges[i]), across(edges[i + 1])];
    const gap = right - left > 6 * devicePixelRatio ? 1 : 0;
    for (const [bin, count] of bins.entries()) {
      if (count === 0) continue;
      const [low, high] = [bin, bin + 1].map((edge) => up(least + ((largest - least) * edge) / bins.length));
      const height = Math.max(2, low - high + 0.5);
      ctx.globalAlpha = 0.06 + 0.94 * Math.sqrt(count / 1000);
      ctx.fillRect(left, low - height, right - left - gap, height);
    }
  }
  ctx.restore();
}
