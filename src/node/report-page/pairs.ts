import uPlot from "uplot";
import { axes, value } from "./axes.js";
import type { Colours, Size } from "./theme.js";

/** A point for each row: what was wanted across, what was predicted up. */
export function drawPairs(
  at: HTMLElement,
  pairs: readonly (readonly [number, number])[],
  size: Size,
  look: Colours,
): uPlot {
  const sorted = [...pairs].sort(([a], [b]) => a - b);
  const wanted = sorted.map(([t]) => t);
  const predicted = sorted.map(([, p]) => p);
  const options: uPlot.Options = {
    ...size,
    scales: { x: { time: false } },
    axes: axes(look, false),
    cursor: { y: false, drag: { x: false, y: false } },
    series: [
      { label: "wanted", value },
      {
        label: "predicted",
        ...{ stroke: look.series[0], paths: () => null, value },
        points: { show: true, size: 5, width: 0, fill: look.series[0] },
      },
      { label: "exact", stroke: look.text, dash: [4, 4], points: { show: false }, value },
    ],
  };
  return new uPlot(options, [wanted, predicted, wanted], at);
}
