import { circle, colors, line, type Point, text } from "./drawing.js";

/** Units in columns, the first column from the left; the middles of their circles. */
export function places(
  sizes: readonly number[],
  left: number,
  across: number,
  middle: number,
  down = 90,
): Point[][] {
  return sizes.map((size, column) =>
    Array.from(
      { length: size },
      (_, i): Point => [left + across * column, middle + down * (i - (size - 1) / 2)],
    ),
  );
}

/** Lines between all units of two columns: blue where the weight is positive, orange where negative, wide where large. */
export function weights(
  from: readonly Point[],
  to: readonly Point[],
  weight: (i: number, j: number) => number,
): string[] {
  return from.flatMap((start, i) =>
    to.map((end, j) =>
      line(start, end, weight(i, j) < 0 ? colors[1] : colors[0], 0.6 + 2.2 * Math.abs(weight(i, j))),
    ),
  );
}

export function unit(at: Point, words: string, color = "#222"): string {
  return circle(at, 28, "#fff", color) + text(at[0], at[1] + 5, words, { anchor: "middle", size: 14 });
}
