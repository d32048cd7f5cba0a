import { expInto } from "./exponential.js";

const rest = /* @__PURE__ */ new Float64Array(1);

/**
 * The hyperbolic tangent, **tanh x = (eˣ − e⁻ˣ) / (eˣ + e⁻ˣ)**. Within 0.9 ulp. ±0 ↦ ±0, ±∞ ↦ ±1.
 * Near 0 by Lambert's continued fraction; elsewhere as 1 − 2 / (e²ˣ + 1), its denominator in two parts.
 */
export function tanh(x: number): number {
  const size = Math.abs(x);
  if (size < 0.625) return x === 0 ? x : x - x * lambert(x * x);
  // From 22 on, tanh x is 1 to the last bit.
  const power = expInto(rest, 2 * Math.min(size, 22));
  const sum = power + 1;
  const sumLow = power - sum + 1 + rest[0];
  const part = 2 / sum;
  const start = 1 - part;
  const result = start + (1 - start - part + 0.5 * part * part * sumLow);
  return x < 0 ? -result : result;
}

/** 1 − tanh(x)/x as a function of z = x²: the fraction tanh x = x / (1 + z / (3 + z / (5 + …))), nine levels deep. */
function lambert(z: number): number {
  const above = z * (11486475 + z * (810810 + z * (12870 + z * 44)));
  const below = 34459425 + z * (16216200 + z * (945945 + z * (13860 + z * 45)));
  return above / below;
}
