// Four float32 numbers side by side.

/** How many bytes `count` numbers take. */
// @ts-ignore: decorator
@inline
export function bytes(count: i32): usize {
  return <usize>count << 2;
}

/** c + a·b: two roundings, or one where the module is built for fused arithmetic. */
// @ts-ignore: decorator
@inline
export function multiplyAdd(a: v128, b: v128, c: v128): v128 {
  if (ASC_FEATURE_RELAXED_SIMD) return f32x4.relaxed_madd(a, b, c);
  return f32x4.add(c, f32x4.mul(a, b));
}

/** The first `count` numbers from an address, 1 to 4; the other lanes are 0. */
// @ts-ignore: decorator
@inline
export function loadLanes(from: usize, count: i32): v128 {
  if (count >= 4) return v128.load(from);
  if (count == 3) return v128.load32_lane(from + 8, v128.load64_zero(from), 2);
  if (count == 2) return v128.load64_zero(from);
  return v128.load32_zero(from);
}

/** Writes the first `count` lanes, 1 to 4. */
// @ts-ignore: decorator
@inline
export function storeLanes(to: usize, x: v128, count: i32): void {
  if (count >= 4) {
    v128.store(to, x);
  } else if (count == 3) {
    v128.store64_lane(to, x, 0);
    v128.store32_lane(to + 8, x, 2);
  } else if (count == 2) {
    v128.store64_lane(to, x, 0);
  } else {
    v128.store32_lane(to, x, 0);
  }
}
