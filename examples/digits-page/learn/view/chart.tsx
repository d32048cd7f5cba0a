import { useEffect, useRef } from "preact/hooks";
import uPlot from "uplot";
import { onPalette, type Palette } from "../../shell/theme.js";
import { useDrawing } from "./in-turn.js";

export interface Curve {
  readonly label: string;
  readonly color: "ink" | "soft" | "plus" | "minus";
  /** Drawn thin and dashed, behind the others. */
  readonly isFaint: boolean;
}

export interface ChartProps {
  readonly title: string;
  readonly xLabel: string;
  /** Whether each step to the right is ten times as much. */
  readonly isLog: boolean;
  readonly curves: readonly Curve[];
  /** The places of the points, and then the numbers of each curve. */
  readonly data: uPlot.AlignedData;
  /** The largest number of the vertical axis; nothing, for what the curves need. */
  readonly top?: number;
  format(value: number): string;
}

const HEIGHT = 220;

/** Curves of numbers that change while one looks. */
export function Chart(props: ChartProps) {
  const { title, xLabel, isLog, curves, data } = props;
  const place = useRef<HTMLDivElement>(null);
  const chart = useRef<uPlot | undefined>(undefined);
  const structure = JSON.stringify([xLabel, isLog, curves]);
  useEffect(() => {
    const parent = place.current;
    if (parent === null) return;
    let colours: Palette | undefined;
    const plot = new uPlot(
      optionsOf(props, parent.clientWidth, () => colours),
      data,
      parent,
    );
    chart.current = plot;
    const endPalette = onPalette((palette) => {
      colours = palette;
      plot.redraw(false);
    });
    const sizes = new ResizeObserver(() =>
      plot.setSize({ width: Math.max(200, parent.clientWidth), height: HEIGHT }),
    );
    sizes.observe(parent);
    return () => {
      sizes.disconnect();
      endPalette();
      plot.destroy();
    };
  }, [structure]);
  useDrawing(() => {
    const plot = chart.current;
    if (plot === undefined) return;
    plot.setData(data);
    // While nobody points at a place, the numbers under the curves are the last.
    if (data[0].length > 0 && (plot.cursor.left ?? -1) < 0) plot.setLegend({ idxs: data.map(lastOf) }, false);
  }, [data, structure]);
  return (
    <figure class="chart">
      <figcaption>
        {title}
        <span class="hidden-text"> by {xLabel}; where it is now stands among the numbers</span>
      </figcaption>
      <div ref={place} aria-hidden="true" />
    </figure>
  );
}

/** Where a curve has its last number: another one may go on. */
const lastOf = (values: ArrayLike<unknown>): number =>
  Array.from(values).findLastIndex((value) => typeof value === "number");

function optionsOf(
  { xLabel, isLog, curves, top, format }: ChartProps,
  width: number,
  colours: () => Palette | undefined,
): uPlot.Options {
  const color = (name: Exclude<keyof Palette, "signed">) => () => colours()?.[name] ?? "gray";
  const axis = {
    stroke: color("soft"),
    grid: { stroke: color("line"), width: 1 },
    ticks: { show: false },
    font: "12px system-ui, sans-serif",
  };
  return {
    ...{ width: Math.max(200, width), height: HEIGHT },
    padding: [8, 12, 0, 0],
    legend: { markers: { show: false, stroke: "inherit" } },
    cursor: { drag: { x: false, y: false }, y: false },
    scales: {
      x: isLog
        ? { time: false, distr: 3 }
        : { time: false, range: (_, __, most) => [0, Math.max(most ?? 0, 1)] },
      y: { range: (_, __, most) => [0, top ?? Math.max(most * 1.05, 0.1)] },
    },
    axes: [
      { ...axis, label: xLabel, labelSize: 20, labelFont: axis.font, size: 28, values: shortNumbers },
      { ...axis, size: 48, values: (_, values) => values.map(top === 1 ? wholePercent : short) },
    ],
    series: [
      { label: xLabel, value: (_, value) => ifAny(value, short) },
      ...curves.map((curve) => ({
        label: curve.label,
        class: `${curve.color}-${curve.isFaint ? "faint" : "full"}`,
        stroke: color(curve.color),
        width: curve.isFaint ? 1 : 2,
        ...(curve.isFaint && { dash: [4, 3] }),
        spanGaps: true,
        points: { show: false },
        value: (_: uPlot, value: unknown) => ifAny(value, format),
      })),
    ],
  };
}

/** As people say them: 12, 3.5, 40 k, 1.2 M. */
function short(value: number): string {
  const [size, unit] = value >= 1e6 ? [1e6, "\u00a0M"] : value >= 1e4 ? [1e3, "\u00a0k"] : [1, ""];
  return (value / size).toLocaleString("en", { maximumFractionDigits: value < 1 ? 3 : 1 }) + unit;
}

const wholePercent = (value: number) => `${Math.round(100 * value)}\u00a0%`;

const shortNumbers = (_: uPlot, values: readonly (number | null)[]) =>
  values.map((value) => ifAny(value, short));

/** A curve may have no number at a place, or no place yet. */
const ifAny = (value: unknown, format: (value: number) => string) =>
  typeof value === "number" ? format(value) : "";
