import type { Point, Stroke } from "./strokes/path.js";

/** Strokes of a round pen on side × side pixels: a pixel has as much ink as its middle is inside the edge, 0 to 1. */
export function drawStrokes(strokes: readonly Stroke[], width: number, side: number): Float32Array {
  const pixels = new Float32Array(side * side);
  for (const stroke of strokes) {
    // A stroke of one point is a dot.
    for (let i = Math.min(1, stroke.length - 1); i < stroke.length; i++) {
      drawLine(pixels, side, stroke[Math.max(i - 1, 0)], stroke[i], width / 2);
    }
  }
  return pixels;
}

function drawLine(pixels: Float32Array, side: number, from: Point, to: Point, radius: number): void {
  const reach = radius + 0.5;
  const first = (a: number, b: number) => Math.max(0, Math.floor(Math.min(a, b) - reach));
  const last = (a: number, b: number) => Math.min(side - 1, Math.ceil(Math.max(a, b) + reach));
  for (let row = first(from.y, to.y); row <= last(from.y, to.y); row++) {
    for (let col = first(from.x, to.x); col <= last(from.x, to.x); col++) {
      const inside = reach - distance({ x: col + 0.5, y: row + 0.5 }, from, to);
      const at = side * row + col;
      pixels[at] = Math.max(pixels[at], Math.min(inside, 1));
    }
  }
}

/** From a point to the nearest point between two others. */
function distance(point: Point, from: Point, to: Point): number {
  const [x, y] = [to.x - from.x, to.y - from.y];
  const squared = x * x + y * y;
  const along = squared === 0 ? 0 : ((point.x - from.x) * x + (point.y - from.y) * y) / squared;
  const t = Math.min(Math.max(along, 0), 1);
  return Math.hypot(point.x - from.x - t * x, point.y - from.y - t * y);
}
