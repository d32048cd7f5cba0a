import { loadUpTo, storeUpTo } from "./tails";
import { lower, rounded, upper } from "./widths";

// y = γ ∘ x̂ + β, four numbers at a time, o bytes behind the first; `count` says how many of them there are. A place of 0 stands
// for what there is not.

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
export function storeScaled(xHat: v128, weight: usize, bias: usize, y: usize, o: usize, count: i32): void {
  if (weight == 0) return;
  let result = f32x4.mul(xHat, loadUpTo(weight + o, count));
  if (bias != 0) result = f32x4.add(result, loadUpTo(bias + o, count));
  storeUpTo(y + o, result, count);
}

/** d = dy ∘ γ */
// @ts-ignore: decorator
@inline
export function scaledBack(dy: v128, weight: usize, o: usize, count: i32): v128 {
  return weight == 0 ? dy : f32x4.mul(dy, loadUpTo(weight + o, count));
}

/** ∂L/∂γ += dy ∘ x̂,  ∂L/∂β += dy */
// @ts-ignore: decorator
@inline
export function addGradients(dy: v128, xHat: v128, dWeight: usize, dBias: usize, o: usize, count: i32): void {
  if (dWeight != 0) storeUpTo(dWeight + o, f32x4.add(loadUpTo(dWeight + o, count), f32x4.mul(dy, xHat)), count);
  if (dBias != 0) storeUpTo(dBias + o, f32x4.add(loadUpTo(dBias + o, count), dy), count);
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
