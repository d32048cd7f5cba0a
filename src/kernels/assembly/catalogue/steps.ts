import { loadUpTo, storeUpTo } from "./tails";

// Steps of optimizers, four float32 numbers at a time, each operation rounded: whole vectors first, with a constant count that
// costs no branch, and then the rest by the same lines. Equations: src/kernels/catalogue/moment-steps.ts and scale-steps.ts.

/** a·x + b·y */
// @ts-ignore: decorator
@inline
function mixed(a: v128, x: v128, b: v128, y: v128): v128 {
  return f32x4.add(f32x4.mul(a, x), f32x4.mul(b, y));
}

/** a·v + (b·g)·g */
// @ts-ignore: decorator
@inline
function meanSquare(a: v128, v: v128, b: v128, g: v128): v128 {
  return f32x4.add(f32x4.mul(a, v), f32x4.mul(f32x4.mul(b, g), g));
}

/** w −= d */
// @ts-ignore: decorator
@inline
function subtract(w: usize, d: v128, count: i32): void {
  storeUpTo(w, f32x4.sub(loadUpTo(w, count), d), count);
}

/** s += g²;  w −= η·g / (√(initial + s) + ε) */
export function adagrad(g: usize, s: usize, w: usize, count: i32, eta: f32, initial: f32, epsilon: f32): void {
  const e = f32x4.splat(eta), first = f32x4.splat(initial), more = f32x4.splat(epsilon);
  for (; count >= 4; count -= 4, g += 16, s += 16, w += 16) adagradAt(g, s, w, 4, e, first, more);
  if (count > 0) adagradAt(g, s, w, count, e, first, more);
}

// @ts-ignore: decorator
@inline
function adagradAt(g: usize, s: usize, w: usize, count: i32, e: v128, first: v128, more: v128): void {
  const v = loadUpTo(g, count);
  const sum = f32x4.add(loadUpTo(s, count), f32x4.mul(v, v));
  storeUpTo(s, sum, count);
  subtract(w, f32x4.div(f32x4.mul(e, v), f32x4.add(f32x4.sqrt(f32x4.add(first, sum)), more)), count);
}

/** v = ρ·v + (1 − ρ)·g²;  d = √((u + ε) / (v + ε))·g;  u = ρ·u + (1 − ρ)·d²;  w −= η·d */
export function adadelta(
  g: usize, v: usize, u: usize, w: usize, count: i32, eta: f32, rho: f32, rest: f32, epsilon: f32,
): void {
  const e = f32x4.splat(eta), a = f32x4.splat(rho), b = f32x4.splat(rest), more = f32x4.splat(epsilon);
  for (; count >= 4; count -= 4, g += 16, v += 16, u += 16, w += 16) adadeltaAt(g, v, u, w, 4, e, a, b, more);
  if (count > 0) adadeltaAt(g, v, u, w, count, e, a, b, more);
}

// @ts-ignore: decorator
@inline
function adadeltaAt(g: usize, v: usize, u: usize, w: usize, count: i32, e: v128, a: v128, b: v128, more: v128): void {
  const x = loadUpTo(g, count), old = loadUpTo(u, count);
  const square = meanSquare(a, loadUpTo(v, count), b, x);
  storeUpTo(v, square, count);
  const d = f32x4.mul(f32x4.sqrt(f32x4.div(f32x4.add(old, more), f32x4.add(square, more))), x);
  storeUpTo(u, meanSquare(a, old, b, d), count);
  subtract(w, f32x4.mul(e, d), count);
}

/** v = α·v + (1 − α)·g²;  mean = α·mean + (1 − α)·g and v − mean² for v, if centred;  d = g / (√v + ε);  b = μ·b + d */
export function rmsprop(
  g: usize, v: usize, mean: usize, b: usize, w: usize, count: i32,
  eta: f32, alpha: f32, rest: f32, mu: f32, epsilon: f32,
): void {
  const e = f32x4.splat(eta), keep = f32x4.splat(alpha), take = f32x4.splat(rest);
  const decay = f32x4.splat(mu), more = f32x4.splat(epsilon), zero = f32x4.splat(0);
  const meanStep: usize = mean == 0 ? 0 : 16, bStep: usize = b == 0 ? 0 : 16;
  for (; count >= 4; count -= 4, g += 16, v += 16, mean += meanStep, b += bStep, w += 16) {
    rmspropAt(g, v, mean, b, w, 4, e, keep, take, decay, more, zero);
  }
  if (count > 0) rmspropAt(g, v, mean, b, w, count, e, keep, take, decay, more, zero);
}

// @ts-ignore: decorator
@inline
function rmspropAt(
  g: usize, v: usize, mean: usize, b: usize, w: usize, count: i32,
  e: v128, keep: v128, take: v128, decay: v128, more: v128, zero: v128,
): void {
  const x = loadUpTo(g, count);
  let square = meanSquare(keep, loadUpTo(v, count), take, x);
  storeUpTo(v, square, count);
  if (mean != 0) {
    const m = mixed(keep, loadUpTo(mean, count), take, x);
    storeUpTo(mean, m, count);
    square = f32x4.max(zero, f32x4.sub(square, f32x4.mul(m, m)));
  }
  let d = f32x4.div(x, f32x4.add(f32x4.sqrt(square), more));
  if (b != 0) {
    d = f32x4.add(f32x4.mul(decay, loadUpTo(b, count)), d);
    storeUpTo(b, d, count);
  }
  subtract(w, f32x4.mul(e, d), count);
}

/** m = β₁·m + (1 − β₁)·g;  u = max(β₂·u, |g| + ε);  w −= rate·m / u */
export function adamax(
  g: usize, m: usize, u: usize, w: usize, count: i32, beta1: f32, rest1: f32, beta2: f32, rate: f32, epsilon: f32,
): void {
  const b1 = f32x4.splat(beta1), r1 = f32x4.splat(rest1), b2 = f32x4.splat(beta2);
  const e = f32x4.splat(rate), more = f32x4.splat(epsilon);
  for (; count >= 4; count -= 4, g += 16, m += 16, u += 16, w += 16) adamaxAt(g, m, u, w, 4, b1, r1, b2, e, more);
  if (count > 0) adamaxAt(g, m, u, w, count, b1, r1, b2, e, more);
}

// @ts-ignore: decorator
@inline
function adamaxAt(
  g: usize, m: usize, u: usize, w: usize, count: i32, b1: v128, r1: v128, b2: v128, e: v128, more: v128,
): void {
  const x = loadUpTo(g, count);
  const mean = mixed(b1, loadUpTo(m, count), r1, x);
  const largest = f32x4.max(f32x4.mul(b2, loadUpTo(u, count)), f32x4.add(f32x4.abs(x), more));
  storeUpTo(m, mean, count);
  storeUpTo(u, largest, count);
  subtract(w, f32x4.div(f32x4.mul(e, mean), largest), count);
}

/** m = β₁·m + (1 − β₁)·g;  v = β₂·v + (1 − β₂)·g²;  w −= (now·g + next·m) / (√v / root + ε) */
export function moments(
  g: usize, m: usize, v: usize, w: usize, count: i32,
  beta1: f32, rest1: f32, beta2: f32, rest2: f32, now: f32, next: f32, root: f32, epsilon: f32,
): void {
  const b1 = f32x4.splat(beta1), r1 = f32x4.splat(rest1), b2 = f32x4.splat(beta2), r2 = f32x4.splat(rest2);
  const n = f32x4.splat(now), x = f32x4.splat(next), by = f32x4.splat(root), more = f32x4.splat(epsilon);
  for (; count >= 4; count -= 4, g += 16, m += 16, v += 16, w += 16) {
    momentsAt(g, m, v, w, 4, b1, r1, b2, r2, n, x, by, more);
  }
  if (count > 0) momentsAt(g, m, v, w, count, b1, r1, b2, r2, n, x, by, more);
}

// @ts-ignore: decorator
@inline
function momentsAt(
  g: usize, m: usize, v: usize, w: usize, count: i32,
  b1: v128, r1: v128, b2: v128, r2: v128, n: v128, x: v128, by: v128, more: v128,
): void {
  const gradient = loadUpTo(g, count);
  const mean = mixed(b1, loadUpTo(m, count), r1, gradient);
  const square = meanSquare(b2, loadUpTo(v, count), r2, gradient);
  storeUpTo(m, mean, count);
  storeUpTo(v, square, count);
  const spread = f32x4.add(f32x4.div(f32x4.sqrt(square), by), more);
  subtract(w, f32x4.div(mixed(n, gradient, x, mean), spread), count);
}

/** m and v as before;  w −= rate·m, times scale / (√v + ε) where scale is above 0 */
export function rectified(
  g: usize, m: usize, v: usize, w: usize, count: i32,
  beta1: f32, rest1: f32, beta2: f32, rest2: f32, rate: f32, scale: f32, epsilon: f32,
): void {
  const b1 = f32x4.splat(beta1), r1 = f32x4.splat(rest1), b2 = f32x4.splat(beta2), r2 = f32x4.splat(rest2);
  const e = f32x4.splat(rate), s = f32x4.splat(scale), more = f32x4.splat(epsilon);
  for (; count >= 4; count -= 4, g += 16, m += 16, v += 16, w += 16) {
    rectifiedAt(g, m, v, w, 4, b1, r1, b2, r2, e, s, more, scale);
  }
  if (count > 0) rectifiedAt(g, m, v, w, count, b1, r1, b2, r2, e, s, more, scale);
}

// @ts-ignore: decorator
@inline
function rectifiedAt(
  g: usize, m: usize, v: usize, w: usize, count: i32,
  b1: v128, r1: v128, b2: v128, r2: v128, e: v128, s: v128, more: v128, scale: f32,
): void {
  const gradient = loadUpTo(g, count);
  const mean = mixed(b1, loadUpTo(m, count), r1, gradient);
  const square = meanSquare(b2, loadUpTo(v, count), r2, gradient);
  storeUpTo(m, mean, count);
  storeUpTo(v, square, count);
  const step = f32x4.mul(e, mean);
  const factor = f32x4.div(s, f32x4.add(f32x4.sqrt(square), more));
  subtract(w, scale > 0 ? f32x4.mul(step, factor) : step, count);
}

/** w −= rate·(sign(β₁·m + (1 − β₁)·g) + decay·w);  m = β₂·m + (1 − β₂)·g */
export function lion(
  g: usize, m: usize, w: usize, count: i32,
  beta1: f32, rest1: f32, beta2: f32, rest2: f32, rate: f32, decay: f32,
): void {
  const b1 = f32x4.splat(beta1), r1 = f32x4.splat(rest1), b2 = f32x4.splat(beta2), r2 = f32x4.splat(rest2);
  const e = f32x4.splat(rate), lambda = f32x4.splat(decay), zero = f32x4.splat(0), one = f32x4.splat(1);
  for (; count >= 4; count -= 4, g += 16, m += 16, w += 16) lionAt(g, m, w, 4, b1, r1, b2, r2, e, lambda, zero, one);
  if (count > 0) lionAt(g, m, w, count, b1, r1, b2, r2, e, lambda, zero, one);
}

// @ts-ignore: decorator
@inline
function lionAt(
  g: usize, m: usize, w: usize, count: i32,
  b1: v128, r1: v128, b2: v128, r2: v128, e: v128, lambda: v128, zero: v128, one: v128,
): void {
  const gradient = loadUpTo(g, count), mean = loadUpTo(m, count);
  const c = mixed(b1, mean, r1, gradient);
  const signed = v128.or(v128.and(one, f32x4.ne(c, zero)), v128.and(c, f32x4.splat(-0.0)));
  const sign = v128.or(signed, f32x4.ne(c, c)); // NaN stays NaN
  subtract(w, f32x4.mul(e, f32x4.add(sign, f32x4.mul(lambda, loadUpTo(w, count)))), count);
  storeUpTo(m, mixed(b2, mean, r2, gradient), count);
}
