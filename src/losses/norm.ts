import { pow } from "../numeric/power.js";

/** ‖x‖_p of n numbers that `at` gives, p ≥ 1; scaled by the largest, so that no power overflows or vanishes. */
export function norm(n: number, p: number, at: (i: number) => number): number {
  let most = 0;
  for (let i = 0; i < n; i++) most = Math.max(most, Math.abs(at(i)));
  if (!(most > 0 && most < Number.POSITIVE_INFINITY)) return most;
  let sum = 0;
  for (let i = 0; i < n; i++) {
    const size = Math.abs(at(i)) / most;
    sum += p === 1 ? size : p === 2 ? size * size : pow(size, p);
  }
  return most * (p === 1 ? sum : p === 2 ? Math.sqrt(sum) : pow(sum, 1 / p));
}

/** ∂‖x‖_p/∂xᵢ = sign(xᵢ)·(|xᵢ| / ‖x‖)^(p − 1), and 0 where ‖x‖ is 0. */
export function normSlope(x: number, length: number, p: number): number {
  return length === 0 ? 0 : Math.sign(x) * pow(Math.abs(x) / length, p - 1);
}
