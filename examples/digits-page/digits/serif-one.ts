import type { Random } from "chainrule";
import { digitFromStrokes } from "./digit-image.js";
import type { Point, Stroke } from "./strokes/path.js";

const degrees = Math.PI / 180;

/**
 * A one as much of the world writes it: with an upstroke before the stem, and sometimes a foot. The writers of MNIST
 * nearly always drew a line, so that a network that knows no others takes such a one for a seven.
 */
export function serifOne(random: Random, pass: number, place: number): Float32Array {
  const shares = new Float64Array(8);
  random.shares(shares, pass, place);
  const [angle, length, lean, hasFoot, foot, aside, bend, pen] = shares;
  const down = (28 + 37 * angle) * degrees;
  const upstroke = 0.12 + 0.24 * length;
  const top: Point = { x: 0, y: 0 };
  const bottom: Point = { x: 0.2 * (lean - 0.5), y: 0.85 };
  const start: Point = { x: -upstroke * Math.cos(down), y: upstroke * Math.sin(down) };
  const halfway: Point = { x: 0.5 * start.x, y: 0.5 * start.y + 0.06 * (bend - 0.5) };
  const strokes: Stroke[] = [[start, halfway, top, bottom]];
  if (hasFoot < 0.3) {
    const [half, off] = [0.1 + 0.14 * foot, 0.08 * (aside - 0.5)];
    const at = (x: number) => ({ x: bottom.x + off + x, y: bottom.y });
    strokes.push([at(-half), at(half)]);
  }
  return digitFromStrokes(strokes, 0.07 + 0.07 * pen)!;
}
