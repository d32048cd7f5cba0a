import { storeWithin } from "./row-ends";
import { lower, rounded, upper } from "./widths";

// y = γ ∘ x̂ + β, four numbers at a time, o bytes behind the first; `left` says how many bytes of numbers there are. A place of 0
// stands for what there is not.

/** x̂ = (x − shift) · inverse, for four numbers by two pairs each */
// @ts-ignore: decorator
@inline
export function normalized(x: v128, shiftLow: v128, shiftHigh: v128, inverseLow: v128, inverseHigh: v128): v128 {
  const low = f64x2.mul(f64x2.sub(lower(x), shiftLow), inverseLow);
  return rounded(low, f64x2.mul(f64x2.sub(upper(x), shiftHigh), inverseHigh));
}

/** y = γ ∘ x̂ + β */
// @ts-ignore: decorator
@inline
export function storeScaled(xHat: v128, weight: usize, bias: usize, y: usize, o: usize, left: usize): void {
  if (weight == 0) return;
  let result = f32x4.mul(xHat, v128.load(weight + o));
  if (bias != 0) result = f32x4.add(result, v128.load(bias + o));
  storeWithin(y + o, result, left);
}

/** d = dy ∘ γ */
// @ts-ignore: decorator
@inline
export function scaledBack(dy: v128, weight: usize, o: usize): v128 {
  return weight == 0 ? dy : f32x4.mul(dy, v128.load(weight + o));
}

/** ∂L/∂γ += dy ∘ x̂,  ∂L/∂β += dy */
// @ts-ignore: decorator
@inline
export function addGradients(dy: v128, xHat: v128, dWeight: usize, dBias: usize, o: usize, left: usize): void {
  if (dWeight != 0) storeWithin(dWeight + o, f32x4.add(v128.load(dWeight + o), f32x4.mul(dy, xHat)), left);
  if (dBias != 0) storeWithin(dBias + o, f32x4.add(v128.load(dBias + o), dy), left);
}

/** ∂L/∂x = (d − mean d − x̂ · mean(d ∘ x̂)) · inverse, for four numbers by two pairs of each */
// @ts-ignore: decorator
@inline
export function normalizedBack(
  d: v128, xHat: v128, meanLow: v128, meanHigh: v128, dotLow: v128, dotHigh: v128, inverseLow: v128, inverseHigh: v128,
): v128 {
  const low = f64x2.sub(f64x2.sub(lower(d), meanLow), f64x2.mul(lower(xHat), dotLow));
  const high = f64x2.sub(f64x2.sub(upper(d), meanHigh), f64x2.mul(upper(xHat), dotHigh));
  return rounded(f64x2.mul(low, inverseLow), f64x2.mul(high, inverseHigh));
}
