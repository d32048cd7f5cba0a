import type { Box } from "./strokes/path.js";

/** A picture, row by row, from 0 (paper) to 1 (ink). */
export interface Ink {
  readonly width: number;
  readonly height: number;
  readonly data: ArrayLike<number>;
}

/** Less is dust, or the rim of an anti-aliased line. */
const LEAST = 0.1;

/** The smallest box around all ink, in edges of pixels. */
export function boxOfInk({ width, height, data }: Ink): Box | undefined {
  const box = { left: width, top: height, right: 0, bottom: 0 };
  for (let row = 0; row < height; row++) {
    for (let col = 0; col < width; col++) {
      if (!(data[width * row + col] >= LEAST)) continue;
      box.left = Math.min(box.left, col);
      box.right = Math.max(box.right, col + 1);
      box.top = Math.min(box.top, row);
      box.bottom = Math.max(box.bottom, row + 1);
    }
  }
  return box.right === 0 ? undefined : box;
}

/** side × side pixels from (left, top) of a picture, `scale` of them a pixel of it; there is no ink beyond its edges. */
export function resample(
  { width, height, data }: Ink,
  at: { readonly left: number; readonly top: number },
  scale: number,
  side: number,
): Float32Array {
  const cols = weights(at.left, scale, side, width);
  const rows = weights(at.top, scale, side, height);
  const pixels = new Float32Array(side * side);
  rows.forEach((ofRow, row) => {
    cols.forEach((ofCol, col) => {
      let sum = 0;
      for (const [y, down] of ofRow) {
        for (const [x, right] of ofCol) sum += down * right * data[width * y + x];
      }
      pixels[side * row + col] = sum;
    });
  });
  return pixels;
}

/** For each new pixel the old ones that it is made of, with shares that sum to 1: a triangle, as wide as two of either. */
function weights(start: number, scale: number, side: number, length: number): [number, number][][] {
  const reach = Math.max(1, 1 / scale);
  return Array.from({ length: side }, (_, i) => {
    const middle = start + (i + 0.5) / scale;
    const found: [number, number][] = [];
    let sum = 0;
    for (let at = Math.ceil(middle - reach - 0.5); at + 0.5 < middle + reach; at++) {
      const share = 1 - Math.abs(at + 0.5 - middle) / reach;
      sum += share;
      if (at >= 0 && at < length) found.push([at, share]);
    }
    return found.map(([at, share]) => [at, share / sum]);
  });
}
