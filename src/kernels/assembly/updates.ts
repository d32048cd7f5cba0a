import { descended, divisorLanes, Way, wayToDivide } from "./descent";
import { bytes, loadLanes, storeLanes } from "./lanes";

// The rules of optimizers, number by number, every operation rounded. Each loop takes four numbers at a time, and then
// what is left with the same step.

/** w = w + s·(g / divisor) */
export function descend(g: usize, divisor: f32, s: f32, w: usize, count: i32): void {
  const way = wayToDivide(divisor);
  if (way == Way.Nothing) descendAs(Way.Nothing, g, divisor, s, w, count);
  else if (way == Way.Inverse) descendAs(Way.Inverse, g, divisor, s, w, count);
  else descendAs(Way.Divisor, g, divisor, s, w, count);
}

// @ts-ignore: decorator
@inline
function descendAs(way: Way, g: usize, divisor: f32, s: f32, w: usize, count: i32): void {
  const by = divisorLanes(way, divisor), rate = f32x4.splat(s);
  const end = g + bytes(count & ~3);
  for (; g < end; g += 16, w += 16) {
    v128.store(w, descended(way, v128.load(w), v128.load(g), by, rate));
  }
  const rest = count & 3;
  if (rest > 0) storeLanes(w, descended(way, loadLanes(w, rest), loadLanes(g, rest), by, rate), rest);
}

/** v = μ·v + g */
export function momentum(g: usize, mu: f32, v: usize, count: i32): void {
  const decay = f32x4.splat(mu);
  const end = g + bytes(count & ~3);
  for (; g < end; g += 16, v += 16) {
    v128.store(v, f32x4.add(f32x4.mul(decay, v128.load(v)), v128.load(g)));
  }
  const rest = count & 3;
  if (rest > 0) storeLanes(v, f32x4.add(f32x4.mul(decay, loadLanes(v, rest)), loadLanes(g, rest)), rest);
}

/**
 * m = β₁·m + (1 − β₁)·g;  v = β₂·v + (1 − β₂)·g²;  w −= rate · m / (√v / root + ε). Where there is a `largest`, and not 0,
 * largest = max(largest, v) stands in the place of v.
 */
export function adam(
  g: usize, m: usize, v: usize, w: usize, count: i32,
  beta1: f32, rest1: f32, beta2: f32, rest2: f32, rate: f32, root: f32, epsilon: f32, largest: usize,
): void {
  const b1 = f32x4.splat(beta1), r1 = f32x4.splat(rest1), b2 = f32x4.splat(beta2), r2 = f32x4.splat(rest2);
  const scale = f32x4.splat(rate), by = f32x4.splat(root), more = f32x4.splat(epsilon);
  const end = g + bytes(count & ~3);
  const largestStep: usize = largest == 0 ? 0 : 16;
  for (; g < end; g += 16, m += 16, v += 16, w += 16, largest += largestStep) {
    const gradient = v128.load(g);
    const mean = f32x4.add(f32x4.mul(b1, v128.load(m)), f32x4.mul(r1, gradient));
    let square = f32x4.add(f32x4.mul(b2, v128.load(v)), f32x4.mul(f32x4.mul(r2, gradient), gradient));
    v128.store(m, mean);
    v128.store(v, square);
    if (largest != 0) {
      square = f32x4.max(v128.load(largest), square);
      v128.store(largest, square);
    }
    const spread = f32x4.add(f32x4.div(f32x4.sqrt(square), by), more);
    v128.store(w, f32x4.sub(v128.load(w), f32x4.div(f32x4.mul(scale, mean), spread)));
  }
  const rest = count & 3;
  if (rest == 0) return;
  const gradient = loadLanes(g, rest);
  const mean = f32x4.add(f32x4.mul(b1, loadLanes(m, rest)), f32x4.mul(r1, gradient));
  let square = f32x4.add(f32x4.mul(b2, loadLanes(v, rest)), f32x4.mul(f32x4.mul(r2, gradient), gradient));
  storeLanes(m, mean, rest);
  storeLanes(v, square, rest);
  if (largest != 0) {
    square = f32x4.max(loadLanes(largest, rest), square);
    storeLanes(largest, square, rest);
  }
  const spread = f32x4.add(f32x4.div(f32x4.sqrt(square), by), more);
  storeLanes(w, f32x4.sub(loadLanes(w, rest), f32x4.div(f32x4.mul(scale, mean), spread)), rest);
}
