/** How to read one row of a matrix: `[784]`, or `[28, 28, 1]` for height, width, channels (channels last). */
export type Shape = readonly number[];

/** How many numbers a row of this shape has: the product of its sides. */
export function sizeOf(shape: Shape): number {
  return shape.reduce((product, side) => product * side, 1);
}

/** A shape as errors and summaries print it: `[28 × 28]`. */
export function formatShape(shape: Shape): string {
  return `[${shape.join(" × ")}]`;
}
