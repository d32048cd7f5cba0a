import { bytes } from "../lanes";
import { Curve, each, eachWide } from "./curve-loops";

/** Where what is left of a vector of eight stands meanwhile, behind the constants. */
const rest: usize = 768;

/** y = f(x) unless y is 0; dx = f′(x) unless dx is 0, times dy unless that is 0. p and q are what f may depend on. */
export function curve(
  number: Curve, x: usize, y: usize, dy: usize, dx: usize, count: i32, p: f32, q: f32,
): void {
  const whole = count & ~7;
  const far = bytes(whole), left = bytes(count & 7);
  if (left > 0) {
    memory.copy(rest, x + far, left);
    if (dy != 0) memory.copy(rest + 32, dy + far, left);
  }
  run(number, x, y, dy, dx, whole, p, q);
  if (left == 0) return;
  run(number, rest, y == 0 ? 0 : rest, dy == 0 ? 0 : rest + 32, dx == 0 ? 0 : rest + 64, 8, p, q);
  if (y != 0) memory.copy(y + far, rest, left);
  if (dx != 0) memory.copy(dx + far, rest + 64, left);
}

/** The same for a multiple of eight numbers. Each curve has a loop of its own, in which its number is known. */
function run(number: Curve, x: usize, y: usize, dy: usize, dx: usize, count: i32, p: f32, q: f32): void {
  const a = f32x4.splat(p), b = f32x4.splat(q), wide = f64x2.splat(<f64>p);
  switch (number) {
    case Curve.Sigmoid: return each(Curve.Sigmoid, x, y, dy, dx, count, a, b);
    case Curve.Tanh: return each(Curve.Tanh, x, y, dy, dx, count, a, b);
    case Curve.ELU: return each(Curve.ELU, x, y, dy, dx, count, a, b);
    case Curve.SELU: return each(Curve.SELU, x, y, dy, dx, count, a, b);
    case Curve.CELU: return each(Curve.CELU, x, y, dy, dx, count, a, b);
    case Curve.SiLU: return each(Curve.SiLU, x, y, dy, dx, count, a, b);
    case Curve.Softplus:
      if (p == 1) return each(Curve.SoftplusOne, x, y, dy, dx, count, a, b);
      else return each(Curve.Softplus, x, y, dy, dx, count, a, b);
    case Curve.LogSigmoid: return each(Curve.LogSigmoid, x, y, dy, dx, count, a, b);
    case Curve.Mish: return each(Curve.Mish, x, y, dy, dx, count, a, b);
    case Curve.HardTanh: return each(Curve.HardTanh, x, y, dy, dx, count, a, b);
    case Curve.HardSigmoid: return each(Curve.HardSigmoid, x, y, dy, dx, count, a, b);
    case Curve.HardSwish: return each(Curve.HardSwish, x, y, dy, dx, count, a, b);
    case Curve.Threshold: return each(Curve.Threshold, x, y, dy, dx, count, a, b);
    case Curve.SoftShrink: return each(Curve.SoftShrink, x, y, dy, dx, count, a, b);
    case Curve.HardShrink: return each(Curve.HardShrink, x, y, dy, dx, count, a, b);
    case Curve.Softsign: return each(Curve.Softsign, x, y, dy, dx, count, a, b);
    case Curve.GELU: return eachWide(Curve.GELU, x, y, dy, dx, count, wide);
    case Curve.GELUTanh: return eachWide(Curve.GELUTanh, x, y, dy, dx, count, wide);
    case Curve.Exponential: return each(Curve.Exponential, x, y, dy, dx, count, a, b);
    case Curve.TanhShrink: return each(Curve.TanhShrink, x, y, dy, dx, count, a, b);
    default: eachWide(Curve.Squareplus, x, y, dy, dx, count, wide);
  }
}
