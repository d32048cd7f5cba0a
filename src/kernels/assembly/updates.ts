import { loadLanes, storeLanes } from "./lanes";

/** w = w + s·(g / divisor) */
export function descend(g: usize, divisor: f32, s: f32, w: usize, count: i32): void {
  const by = f32x4.splat(divisor), scale = f32x4.splat(s);
  for (let i = 0; i < count; i += 4) {
    const o = 4 * <usize>i;
    const rest = count - i;
    const change = f32x4.mul(scale, f32x4.div(loadLanes(g + o, rest), by));
    storeLanes(w + o, f32x4.add(loadLanes(w + o, rest), change), rest);
  }
}

/** v = μ·v + g */
export function momentum(g: usize, mu: f32, v: usize, count: i32): void {
  const decay = f32x4.splat(mu);
  for (let i = 0; i < count; i += 4) {
    const o = 4 * <usize>i;
    const rest = count - i;
    const kept = f32x4.mul(decay, loadLanes(v + o, rest));
    storeLanes(v + o, f32x4.add(kept, loadLanes(g + o, rest)), rest);
  }
}

/** m = β₁·m + (1 − β₁)·g;  v = β₂·v + (1 − β₂)·g²;  w −= rate · m / (√v / root + ε); every operation rounded */
export function adam(
  g: usize, m: usize, v: usize, w: usize, count: i32,
  beta1: f32, rest1: f32, beta2: f32, rest2: f32, rate: f32, root: f32, epsilon: f32,
): void {
  const b1 = f32x4.splat(beta1), r1 = f32x4.splat(rest1), b2 = f32x4.splat(beta2), r2 = f32x4.splat(rest2);
  const scale = f32x4.splat(rate), by = f32x4.splat(root), more = f32x4.splat(epsilon);
  for (let i = 0; i < count; i += 4) {
    const o = 4 * <usize>i;
    const rest = count - i;
    const gi = loadLanes(g + o, rest);
    const mean = f32x4.add(f32x4.mul(b1, loadLanes(m + o, rest)), f32x4.mul(r1, gi));
    const square = f32x4.add(f32x4.mul(b2, loadLanes(v + o, rest)), f32x4.mul(f32x4.mul(r2, gi), gi));
    storeLanes(m + o, mean, rest);
    storeLanes(v + o, square, rest);
    const spread = f32x4.add(f32x4.div(f32x4.sqrt(square), by), more);
    const change = f32x4.div(f32x4.mul(scale, mean), spread);
    storeLanes(w + o, f32x4.sub(loadLanes(w + o, rest), change), rest);
  }
}
