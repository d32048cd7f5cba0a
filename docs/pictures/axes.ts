import { colors, line, type Point, path, text, written } from "./drawing.js";

export interface Axis {
  readonly label: string;
  readonly from: number;
  readonly to: number;
  /** How far apart the numbers stand. */
  readonly step: number;
}

export interface Box {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** A field with two axes, and where a point of it is in the picture. */
export class Axes {
  readonly parts: string[] = [];

  constructor(
    readonly box: Box,
    readonly x: Axis,
    readonly y: Axis,
  ) {
    const { left, top, width, height } = box;
    for (const value of ticks(x)) {
      const [across] = this.place([value, y.from]);
      this.parts.push(line([across, top], [across, top + height], "#e8e8e8", 1));
      this.parts.push(text(across, top + height + 20, numberOn(x, value), { anchor: "middle", size: 13 }));
    }
    for (const value of ticks(y)) {
      const [, down] = this.place([x.from, value]);
      this.parts.push(line([left, down], [left + width, down], "#e8e8e8", 1));
      this.parts.push(text(left - 8, down + 5, numberOn(y, value), { anchor: "end", size: 13 }));
    }
    this.parts.push(
      path(
        [
          [left, top],
          [left, top + height],
          [left + width, top + height],
        ],
        "#222",
        1.5,
      ),
    );
    this.parts.push(text(left + width / 2, top + height + 42, x.label, { anchor: "middle" }));
    this.parts.push(text(left, top - 12, y.label));
  }

  /** Points outside of the field are moved to its edge. */
  place([x, y]: Point): Point {
    const { left, top, width, height } = this.box;
    const share = (value: number, { from, to }: Axis) =>
      Math.min(Math.max((value - from) / (to - from), 0), 1);
    return [left + width * share(x, this.x), top + height * (1 - share(y, this.y))];
  }

  curve(points: readonly Point[], color: string, width = 2.5): void {
    this.parts.push(
      path(
        points.map((point) => this.place(point)),
        color,
        width,
      ),
    );
  }

  /** The names of the curves in their colors, one below the other. */
  legend(names: readonly string[], x: number, y: number): void {
    for (const [i, name] of names.entries()) {
      this.parts.push(line([x, y + 22 * i], [x + 24, y + 22 * i], colors[i], 3));
      this.parts.push(text(x + 32, y + 5 + 22 * i, name));
    }
  }
}

const ticks = ({ from, to, step }: Axis) =>
  Array.from({ length: Math.floor((to - from) / step + 1e-9) + 1 }, (_, i) => from + step * i);

/** As many digits as the step has. */
const numberOn = ({ step }: Axis, value: number) => written(value, (String(step).split(".")[1] ?? "").length);

/** The values of f at 121 places between two ends. */
export const sampled = (from: number, to: number, f: (x: number) => number, places = 121): Point[] =>
  Array.from({ length: places }, (_, i) => from + ((to - from) * i) / (places - 1)).map((x) => [x, f(x)]);
