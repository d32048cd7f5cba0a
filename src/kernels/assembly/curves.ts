import { bytes, loadLanes, storeLanes } from "./lanes";
import { exp, expm1, gaussianBelow, gaussianDensity, logistic, softplus, tanh } from "./smooth";

// y = f(x) and dx = dy ∘ f′(x, y). The numbers are those of src/kernels/curves.ts, which says the equations.

const enum Curve { ReLU, LeakyReLU, ELU, GELU, SiLU, Sigmoid, Tanh, Softplus }

/** f of two float64 numbers */
function valueOf(curve: i32, x: v128, p: v128): v128 {
  switch (curve) {
    case Curve.ELU: return v128.bitselect(f64x2.mul(p, expm1(x)), x, f64x2.le(x, f64x2.splat(0)));
    case Curve.GELU: return f64x2.mul(x, gaussianBelow(x));
    case Curve.SiLU: return f64x2.mul(x, logistic(x));
    case Curve.Sigmoid: return logistic(x);
    case Curve.Tanh: return tanh(x);
    default: return f64x2.div(softplus(f64x2.mul(p, x)), p);
  }
}

/** f′ of two float64 numbers */
function slopeOf(curve: i32, x: v128, y: v128, p: v128): v128 {
  const one = f64x2.splat(1);
  switch (curve) {
    case Curve.ELU: return v128.bitselect(f64x2.mul(p, exp(x)), one, f64x2.le(x, f64x2.splat(0)));
    case Curve.GELU: return f64x2.add(gaussianBelow(x), f64x2.mul(x, gaussianDensity(x)));
    case Curve.SiLU: return f64x2.mul(logistic(x), f64x2.add(one, f64x2.mul(x, logistic(f64x2.neg(x)))));
    case Curve.Sigmoid: return f64x2.mul(y, f64x2.sub(one, y));
    case Curve.Tanh: return f64x2.mul(f64x2.sub(one, y), f64x2.add(one, y));
    default: return logistic(f64x2.mul(p, x));
  }
}

// @ts-ignore: decorator
@inline
function lower(x: v128): v128 {
  return f64x2.promote_low_f32x4(x);
}

// @ts-ignore: decorator
@inline
function upper(x: v128): v128 {
  return f64x2.promote_low_f32x4(i64x2.shuffle(x, x, 1, 1));
}

/** Two pairs of float64 numbers, rounded to four of float32. */
// @ts-ignore: decorator
@inline
function rounded(low: v128, high: v128): v128 {
  return i64x2.shuffle(f32x4.demote_f64x2_zero(low), f32x4.demote_f64x2_zero(high), 0, 2);
}

/** y = f(x) */
export function map(curve: i32, x: usize, y: usize, count: i32, p: f32): void {
  const end = x + bytes(count & ~3);
  const zero = f32x4.splat(0), slope = f32x4.splat(p);
  // The most used curve gets a loop without a question in it.
  if (curve == Curve.ReLU) {
    for (; x < end; x += 16, y += 16) v128.store(y, f32x4.max(v128.load(x), zero));
    count &= 3;
  }
  const wide = f64x2.splat(<f64>p);
  for (; count > 0; count -= 4, x += 16, y += 16) {
    const v = loadLanes(x, count);
    let value: v128;
    if (curve == Curve.ReLU) value = f32x4.max(v, zero);
    else if (curve == Curve.LeakyReLU) value = v128.bitselect(f32x4.mul(slope, v), v, f32x4.le(v, zero));
    else value = rounded(valueOf(curve, lower(v), wide), valueOf(curve, upper(v), wide));
    storeLanes(y, value, count);
  }
}

/** dx = dy ∘ f′(x, y) */
export function mapGradient(curve: i32, x: usize, y: usize, dy: usize, dx: usize, count: i32, p: f32): void {
  const end = x + bytes(count & ~3);
  const zero = f32x4.splat(0), one = f32x4.splat(1), below = f32x4.splat(p);
  if (curve == Curve.ReLU) {
    for (; x < end; x += 16, y += 16, dy += 16, dx += 16) {
      v128.store(dx, f32x4.mul(v128.load(dy), v128.andnot(one, f32x4.le(v128.load(x), zero))));
    }
    count &= 3;
  }
  const wide = f64x2.splat(<f64>p);
  for (; count > 0; count -= 4, x += 16, y += 16, dy += 16, dx += 16) {
    const v = loadLanes(x, count);
    let slope: v128;
    if (curve == Curve.ReLU) slope = v128.andnot(one, f32x4.le(v, zero));
    else if (curve == Curve.LeakyReLU) slope = v128.bitselect(below, one, f32x4.le(v, zero));
    else {
      const w = loadLanes(y, count);
      slope = rounded(slopeOf(curve, lower(v), lower(w), wide), slopeOf(curve, upper(v), upper(w), wide));
    }
    storeLanes(dx, f32x4.mul(loadLanes(dy, count), slope), count);
  }
}

/** y_rc = e^(x_rc − max x_r) / Σ_j e^(x_rj − max x_r), the sum ascending */
export function softmax(x: usize, y: usize, rows: i32, cols: i32): void {
  const row = bytes(cols);
  for (let r = 0; r < rows; r++) {
    let top: f32 = -Infinity;
    for (let c = 0; c < cols; c++) top = max<f32>(top, load<f32>(x + bytes(c)));
    const shift = f32x4.splat(top);
    for (let c = 0; c < cols; c += 4) {
      const o = bytes(c);
      const z = f32x4.sub(loadLanes(x + o, cols - c), shift);
      storeLanes(y + o, rounded(exp(lower(z)), exp(upper(z))), cols - c);
    }
    let total: f32 = 0;
    for (let c = 0; c < cols; c++) total += load<f32>(y + bytes(c));
    const by = f32x4.splat(total);
    for (let c = 0; c < cols; c += 4) {
      const o = bytes(c);
      storeLanes(y + o, f32x4.div(loadLanes(y + o, cols - c), by), cols - c);
    }
    x += row;
    y += row;
  }
}

/** dx = y ∘ (dy − Σ_c dy ∘ y), the sum ascending */
export function softmaxGradient(y: usize, dy: usize, dx: usize, rows: i32, cols: i32): void {
  const row = bytes(cols);
  for (let r = 0; r < rows; r++) {
    let dot: f32 = 0;
    for (let c = 0; c < cols; c++) dot += load<f32>(dy + bytes(c)) * load<f32>(y + bytes(c));
    const mean = f32x4.splat(dot);
    for (let c = 0; c < cols; c += 4) {
      const o = bytes(c);
      const count = cols - c;
      const difference = f32x4.sub(loadLanes(dy + o, count), mean);
      storeLanes(dx + o, f32x4.mul(loadLanes(y + o, count), difference), count);
    }
    y += row;
    dy += row;
    dx += row;
  }
}
