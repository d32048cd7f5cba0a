// Loops over whole vectors that end in one of which only the first numbers are there: what stands behind them is read, since
// every memory has room there (src/kernels/memory/heap.ts), computed with, and not stored. A loop without such a vector gives
// 16, a constant, which leaves no question in it.

/** Writes the first numbers of a vector, as many as there are in so many bytes. No call, for which registers would be emptied. */
// @ts-ignore: decorator
@inline
export function storeWithin(to: usize, x: v128, left: usize): void {
  if (left >= 16) {
    v128.store(to, x);
  } else {
    if (left & 8) v128.store64_lane(to, x, 0);
    if (left & 4) v128.store32_lane(to + (left & 8), left & 8 ? i64x2.shuffle(x, x, 1, 1) : x, 0);
  }
}

/** 0 in place of the numbers of a last vector that are not there */
// @ts-ignore: decorator
@inline
export function within(x: v128, left: usize): v128 {
  return left >= 16 ? x : v128.and(x, i32x4.gt_s(i32x4.splat(<i32>(left >> 2)), i32x4(0, 1, 2, 3)));
}
