import { fail } from "./errors.js";
import type { Floats } from "./kernels/kernels.js";

/** One number from `count` numbers that stand `step` apart, from `start` on. */
export type Reduction = (data: Floats, start: number, step: number, count: number) => number;

/** Σ x, in float64 */
export const sum: Reduction = (data, start, step, count) => {
  let total = 0;
  for (let i = 0; i < count; i++) total += data[start + i * step];
  return total;
};

/** Σ x / n, in float64 */
export const mean: Reduction = (data, start, step, count) => {
  expectSome("mean", count);
  return sum(data, start, step, count) / count;
};

/** The largest x; NaN where there is one. */
export const max: Reduction = (data, start, step, count) =>
  data[start + argmax(data, start, step, count) * step];

/** The place of the first largest x, or of the first NaN. */
export const argmax: Reduction = (data, start, step, count) => {
  expectSome("max", count);
  let best = 0;
  for (let i = 0; i < count; i++) {
    const x = data[start + i * step];
    if (Number.isNaN(x)) return i;
    if (x > data[start + best * step]) best = i;
  }
  return best;
};

function expectSome(name: string, count: number): void {
  if (count === 0) fail(`Matrix.${name}`, "at least one number", "none");
}
