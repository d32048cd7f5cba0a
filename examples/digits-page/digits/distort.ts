import type { Random } from "chainrule";
import { SIDE } from "./digit-image.js";

/** How far a picture may be changed, each way: in radians, as shares, in pixels. */
export interface Distortions {
  readonly turn: number;
  readonly scale: number;
  readonly shear: number;
  readonly shift: number;
}

/** What hands differ by: 14°, 13 %, a slant of 0.2 and 1.5 pixels. */
export const small: Distortions = { turn: 0.25, scale: 0.13, shear: 0.2, shift: 1.5 };

/**
 * Pictures of 28 × 28, each under a random affine map of its own, uniform within the limits, with what is between pixels
 * interpolated. The same for the same random numbers, pass and places.
 * @param places the place of each row among all examples, which picks its random numbers
 */
export function distort(
  pixels: Float32Array,
  random: Random,
  pass: number,
  places: ArrayLike<number>,
  limits = small,
): Float32Array {
  const size = SIDE * SIDE;
  const into = new Float32Array(pixels.length);
  const shares = new Float64Array(8);
  for (let row = 0; row < places.length; row++) {
    random.shares(shares, pass, places[row]);
    const [turn, wide, high, shear, right, down] = Array.from(shares, (share) => 2 * share - 1);
    const angle = limits.turn * turn;
    const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
    const [x, y, slant] = [1 + limits.scale * wide, 1 + limits.scale * high, limits.shear * shear];
    const map = [x * cos, slant * cos - y * sin, x * sin, slant * sin + y * cos];
    const from = pixels.subarray(row * size, (row + 1) * size);
    move(from, into.subarray(row * size, (row + 1) * size), map, limits.shift * right, limits.shift * down);
  }
  return into;
}

/** Each pixel is what the picture has at map · place, seen from the middle, and a shift away. */
function move(
  from: Float32Array,
  into: Float32Array,
  map: readonly number[],
  right: number,
  down: number,
): void {
  const middle = (SIDE - 1) / 2;
  for (let row = 0; row < SIDE; row++) {
    for (let col = 0; col < SIDE; col++) {
      const [u, v] = [col - middle, row - middle];
      const x = middle + right + map[0] * u + map[1] * v;
      const y = middle + down + map[2] * u + map[3] * v;
      into[SIDE * row + col] = between(from, x, y);
    }
  }
}

/** Bilinear; no ink beyond the edges. */
function between(from: Float32Array, x: number, y: number): number {
  const [col, row] = [Math.floor(x), Math.floor(y)];
  if (col < -1 || row < -1 || col >= SIDE || row >= SIDE) return 0;
  const [right, down] = [x - col, y - row];
  const upper = at(from, row, col) * (1 - right) + at(from, row, col + 1) * right;
  const lower = at(from, row + 1, col) * (1 - right) + at(from, row + 1, col + 1) * right;
  return upper * (1 - down) + lower * down;
}

function at(from: Float32Array, row: number, col: number): number {
  return row < 0 || col < 0 || row >= SIDE || col >= SIDE ? 0 : from[SIDE * row + col];
}
