import { bytes } from "../lanes";
import { Single, single } from "./constants";
import { bell, gaussianBelowBy } from "./double";
import {
  clamp, hardShrink, hardShrinkSlope, hardSigmoid, hardSigmoidSlope, hardSwish, hardSwishSlope, inside,
  softShrink, softShrinkSlope, softsign, softsignSlope, threshold, thresholdSlope,
} from "./pieces";
import { lower, rounded, upper } from "./widths";
import { exp, expMinusSize, logistic, logisticBy, neg, tanh } from "./single";
import {
  celu, celuSlope, elu, eluSlope, expMinusSizeOfProduct, logSigmoidBy, mishBy, mishSlopeBy, selu, seluSlope,
  sigmoidSlope, siluSlopeBy, softplusBy, softplusOneBy, tanhSlope,
} from "./smooth";
import { tanhRest, tanhShrinkSize, tanhShrinkSlope } from "./tanh-shrink";
import { geluGate, geluSlopeBy, geluTanhSlopeBy, rootOf, squareplusBy } from "./wide";

/** The numbers are those of src/kernels/catalogue/whole-curve.ts. */
export const enum Curve {
  Sigmoid, Tanh, ELU, SELU, CELU, SiLU, Softplus, LogSigmoid, Mish,
  HardTanh, HardSigmoid, HardSwish, Threshold, SoftShrink, HardShrink, Softsign,
  GELU, GELUTanh, Exponential, TanhShrink, Squareplus,
  SoftplusOne,
}

/** f′ of the numbers whose f was computed last: what both need is computed once. */
let slope: v128 = f32x4.splat(0);

/** Two vectors at a time, so that constants are read once for both. */
// @ts-ignore: decorator
@inline
export function each(
  number: Curve, x: usize, y: usize, dy: usize, dx: usize, count: i32, p: v128, q: v128,
): void {
  const yStep: usize = y == 0 ? 0 : 32, dyStep: usize = dy == 0 ? 0 : 32, dxStep: usize = dx == 0 ? 0 : 32;
  for (const end = x + bytes(count); x < end; x += 32, y += yStep, dy += dyStep, dx += dxStep) {
    const first = valueOf(number, v128.load(x), p, q);
    let firstSlope = slope;
    const second = valueOf(number, v128.load(x, 16), p, q);
    let secondSlope = slope;
    if (dy != 0) {
      firstSlope = f32x4.mul(v128.load(dy), firstSlope);
      secondSlope = f32x4.mul(v128.load(dy, 16), secondSlope);
    }
    if (y != 0) v128.store(y, first), v128.store(y, second, 16);
    if (dx != 0) v128.store(dx, firstSlope), v128.store(dx, secondSlope, 16);
  }
}

/** f of four numbers; f′ is left in `slope`. */
// @ts-ignore: decorator
@inline
function valueOf(number: Curve, x: v128, p: v128, q: v128): v128 {
  let y: v128;
  if (number == Curve.Sigmoid) {
    y = logistic(x);
    slope = sigmoidSlope(y);
  } else if (number == Curve.Tanh) {
    y = tanh(x);
    slope = tanhSlope(y);
  } else if (number == Curve.ELU) {
    y = elu(x, p);
    slope = eluSlope(x, p);
  } else if (number == Curve.SELU) {
    y = selu(x);
    slope = seluSlope(x);
  } else if (number == Curve.CELU) {
    y = celu(x, p);
    slope = celuSlope(x, p);
  } else if (number == Curve.SiLU) {
    const e = expMinusSize(x);
    y = f32x4.mul(x, logisticBy(e, x));
    slope = siluSlopeBy(e, x);
  } else if (number == Curve.Softplus) {
    const e = expMinusSizeOfProduct(p, x);
    y = softplusBy(e, p, x);
    slope = logisticBy(e, f32x4.mul(p, x));
  } else if (number == Curve.SoftplusOne) {
    const e = expMinusSize(x);
    y = softplusOneBy(e, x);
    slope = logisticBy(e, x);
  } else if (number == Curve.LogSigmoid) {
    const e = expMinusSize(x);
    y = logSigmoidBy(e, x);
    slope = logisticBy(e, neg(x));
  } else if (number == Curve.Mish) {
    const e = expMinusSize(x);
    y = mishBy(e, x);
    slope = mishSlopeBy(e, x);
  } else if (number == Curve.Exponential) {
    y = exp(x);
    slope = y;
  } else if (number == Curve.TanhShrink) {
    const rest = tanhRest(x), size = tanhShrinkSize(rest, x);
    y = v128.or(size, v128.and(x, single(Single.SignBit)));
    slope = tanhShrinkSlope(size, rest, x);
  } else if (number == Curve.HardTanh) {
    y = clamp(x, p, q);
    slope = inside(x, p, q);
  } else if (number == Curve.HardSigmoid) {
    y = hardSigmoid(x);
    slope = hardSigmoidSlope(x);
  } else if (number == Curve.HardSwish) {
    y = hardSwish(x);
    slope = hardSwishSlope(x);
  } else if (number == Curve.Threshold) {
    y = threshold(x, p, q);
    slope = thresholdSlope(x, p);
  } else if (number == Curve.SoftShrink) {
    y = softShrink(x, p);
    slope = softShrinkSlope(x, p);
  } else if (number == Curve.HardShrink) {
    y = hardShrink(x, p);
    slope = hardShrinkSlope(x, p);
  } else {
    y = softsign(x);
    slope = softsignSlope(x);
  }
  return y;
}

/** The same for curves in float64, one vector of float32 at a time. */
// @ts-ignore: decorator
@inline
export function eachWide(number: Curve, x: usize, y: usize, dy: usize, dx: usize, count: i32, p: v128): void {
  const yStep: usize = y == 0 ? 0 : 16, dyStep: usize = dy == 0 ? 0 : 16, dxStep: usize = dx == 0 ? 0 : 16;
  for (const end = x + bytes(count); x < end; x += 16, y += yStep, dy += dyStep, dx += dxStep) {
    const v = v128.load(x);
    const low = wideValueOf(number, lower(v), p);
    const lowSlope = slope;
    const high = wideValueOf(number, upper(v), p);
    let both = rounded(lowSlope, slope);
    if (dy != 0) both = f32x4.mul(v128.load(dy), both);
    if (y != 0) v128.store(y, rounded(low, high));
    if (dx != 0) v128.store(dx, both);
  }
}

/** f of two numbers; f′ is left in `slope`. */
// @ts-ignore: decorator
@inline
function wideValueOf(number: Curve, x: v128, p: v128): v128 {
  let y: v128;
  if (number == Curve.GELU) {
    const hill = bell(x);
    const share = gaussianBelowBy(hill, x);
    y = f64x2.mul(x, share);
    slope = geluSlopeBy(hill, share, x);
  } else if (number == Curve.GELUTanh) {
    const gate = geluGate(x);
    y = f64x2.mul(x, gate);
    slope = geluTanhSlopeBy(gate, x);
  } else {
    const r = rootOf(x, p);
    y = squareplusBy(r, x, p);
    slope = f64x2.div(y, r);
  }
  return y;
}
