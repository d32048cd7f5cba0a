import type uPlot from "uplot";
import { numberText } from "../report/number-text.js";
import type { Colours } from "./theme.js";

const font = "12px system-ui, sans-serif";

/** Epochs are whole: no line stands between two of them. */
const steps = [1, 10, 100, 1000, 10_000, 100_000].flatMap((n) => [n, 2 * n, 5 * n]);

/** The axes of every chart: epochs are whole numbers, others are written short. */
export function axes({ text, grid }: Colours, areEpochs: boolean, isLog = false): uPlot.Axis[] {
  const common = {
    stroke: text,
    font,
    grid: { stroke: grid, width: 1 },
    ticks: { stroke: grid, width: 1, size: 4 },
  };
  const whole = (_: uPlot, ticks: number[]) => ticks.map((x) => (Number.isInteger(x) ? String(x) : ""));
  const short = (_: uPlot, ticks: number[]) => ticks.map((y) => tick(y, ticks));
  // Those that stand too close have become null.
  const powers = (_: uPlot, ticks: (number | null)[]) =>
    ticks.map((y) => (y === null ? "" : String(Number(y.toPrecision(2)))));
  return [
    { ...common, values: areEpochs ? whole : short, space: 40, size: 30, ...(areEpochs && { incrs: steps }) },
    {
      ...common,
      values: isLog ? powers : short,
      space: 30,
      size: (_, ticks) => 16 + 7 * Math.max(2, ...(ticks ?? []).map(({ length }) => length)),
    },
  ];
}

/** As many digits as tell the ticks apart. */
function tick(y: number, ticks: readonly number[]): string {
  const step = Math.abs((ticks[1] ?? 1) - (ticks[0] ?? 0));
  const largest = Math.max(...ticks.map(Math.abs));
  if (y === 0) return "0";
  if (largest >= 1e6 || largest < 1e-3) return y.toExponential(1).replace(".0e", "e");
  let digits = 0;
  for (
    let unit = 1;
    digits < 6 && Math.abs(Math.round(step * unit) - step * unit) > 1e-3 * step * unit;
    unit *= 10
  )
    digits++;
  return y.toFixed(digits);
}

/** What stands in the legend below the pointer. */
export const value = (_: uPlot, x: number | null): string => numberText(x);

/** The legend has the numbers below the pointer, and those of the last epoch where there is none. */
export function lastInLegend(last: number): uPlot.Hooks.Arrays {
  const show = (plot: uPlot) => {
    if (plot.cursor.idx === null || plot.cursor.idx === undefined) plot.setLegend({ idx: last });
  };
  return { ready: [show], setCursor: [show] };
}
