import { Double, double } from "./constants";
import { logistic } from "./double";

// Curves that lose digits on the way, for two float64 numbers.

/** Φ(x) + x·φ(x), by e^(−x²/2) and Φ(x) */
// @ts-ignore: decorator
@inline
export function geluSlopeBy(bell: v128, share: v128, x: v128): v128 {
  return f64x2.add(share, f64x2.mul(x, f64x2.mul(double(Double.RootTwoPi), bell)));
}

/** x within ±1000, beyond which σ(2u) is 0 or 1 */
// @ts-ignore: decorator
@inline
function near(x: v128): v128 {
  const far = double(Double.Thousand);
  return f64x2.pmax(f64x2.pmin(x, far), v128.or(far, double(Double.SignBit)));
}

/** σ(2u), u = √(2/π)·(x + 0.044715·x³) */
// @ts-ignore: decorator
@inline
export function geluGate(x: v128): v128 {
  const inside = near(x);
  const cube = f64x2.mul(f64x2.mul(inside, inside), inside);
  const sum = f64x2.add(inside, f64x2.mul(double(Double.GeluCube), cube));
  return logistic(f64x2.mul(double(Double.GeluTwice), sum));
}

/** g + x·g·(1 − g)·2u′ by g = σ(2u) */
// @ts-ignore: decorator
@inline
export function geluTanhSlopeBy(gate: v128, x: v128): v128 {
  const one = double(Double.One);
  const inside = near(x);
  const growth = f64x2.add(one, f64x2.mul(double(Double.GeluTripleCube), f64x2.mul(inside, inside)));
  const bend = f64x2.mul(f64x2.mul(gate, f64x2.sub(one, gate)), f64x2.mul(double(Double.GeluTwice), growth));
  return f64x2.add(gate, f64x2.mul(inside, bend));
}

/** √(x² + b) */
// @ts-ignore: decorator
@inline
export function rootOf(x: v128, b: v128): v128 {
  return f64x2.sqrt(f64x2.add(f64x2.mul(x, x), b));
}

/** (x + r)/2, r = √(x² + b), as b / 2(r − x) below 0, where the sum would cancel */
// @ts-ignore: decorator
@inline
export function squareplusBy(r: v128, x: v128, b: v128): v128 {
  const half = double(Double.Half);
  const below = f64x2.div(f64x2.mul(half, b), f64x2.sub(r, x));
  const above = f64x2.add(f64x2.mul(half, x), f64x2.mul(half, r));
  return v128.bitselect(below, above, f64x2.lt(x, double(Double.Zero)));
}
