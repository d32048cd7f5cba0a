import { exp } from "./exponential.js";

/**
 * x_i ← e^x_i for the first `count` numbers. In a loop that does nothing else an engine keeps the constants in registers,
 * and computes several numbers at once.
 */
export function expEach(x: Float64Array, count: number): void {
  for (let i = 0; i < count; i++) x[i] = exp(x[i]);
}
