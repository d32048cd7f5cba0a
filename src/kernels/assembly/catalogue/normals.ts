import { bytes } from "../lanes";
import { cosTau } from "./circle";
import { log } from "./logarithm";
import { Double, double } from "./normal-tables";
import { draw, eightOn, firstBlocks, pair, words } from "./philox";
import { loadUpTo, storeUpTo } from "./tails";
import { lower, rounded, upper } from "./widths";

/** √(−2 ln u)·cos 2πv of two blocks of words: u and v are fractions with 53 bits, u from the top down. */
// @ts-ignore: decorator
@inline
function normals(from: usize): v128 {
  const one = v128.load(from), other = v128.load(from, 16);
  const first = i64x2.shuffle(one, other, 0, 2), second = i64x2.shuffle(one, other, 1, 3);
  // 27 and 26 bits become the last ones of 2²⁵ and of ½, whose other parts are taken away.
  const u = f64x2.sub(f64x2.sub(double(Double.ThreeHalves), lowPart(first)), highPart(first));
  const v = f64x2.add(highPart(second), f64x2.sub(lowPart(second), double(Double.Half)));
  return f64x2.mul(f64x2.sqrt(f64x2.mul(double(Double.MinusTwo), log(u))), cosTau(v));
}

/** The upper 27 bits of the first word, behind the point. */
// @ts-ignore: decorator
@inline
function highPart(pair: v128): v128 {
  const bits = i64x2.shr_u(i64x2.shl(pair, 32), 37);
  return f64x2.sub(v128.or(bits, double(Double.Digits)), double(Double.Digits));
}

/** ½ and the upper 26 bits of the second word, behind those of the first. */
// @ts-ignore: decorator
@inline
function lowPart(pair: v128): v128 {
  return v128.or(i64x2.shr_u(pair, 38), double(Double.Half));
}

/** x·a, exactly; 0 and no −0, but what float32 has no number for keeps its sign. */
// @ts-ignore: decorator
@inline
function product(x: v128, a: v128): v128 {
  return f64x2.add(f64x2.mul(x, a), f64x2.splat(0));
}

/**
 * With a place for `scale`, a = 1 + σ·n and y = x ∘ a; without, y = x + σ·n. Rows are those of an example and the following
 * ones.
 */
export function addNoise(
  x: usize, scale: usize, y: usize, rows: i32, cols: i32,
  key0: i32, key1: i32, step: i32, example: i32, exampleHigh: i32, deviation: f64,
): void {
  const key = pair(key0, key1), sigma = f64x2.splat(deviation);
  let odd = pair(example, exampleHigh);
  for (let r = 0; r < rows; r++, odd = i64x2.add(odd, i64x2.splat(1))) {
    let even = firstBlocks(step);
    for (let c = 0; c < cols; c += 8, even = eightOn(even)) {
      draw(even, odd, key);
      for (let from = words, i = c; i < min(cols, c + 8); i += 4, from += 64) {
        const count = cols - i, o = bytes(i), v = loadUpTo(x + o, count);
        const low = f64x2.mul(sigma, normals(from)), high = f64x2.mul(sigma, normals(from + 32));
        if (scale != 0) {
          const a = rounded(f64x2.add(double(Double.One), low), f64x2.add(double(Double.One), high));
          storeUpTo(scale + o, a, count);
          storeUpTo(y + o, rounded(product(lower(v), lower(a)), product(upper(v), upper(a))), count);
        } else {
          storeUpTo(y + o, rounded(f64x2.add(lower(v), low), f64x2.add(upper(v), high)), count);
        }
      }
    }
    x += bytes(cols), y += bytes(cols);
    if (scale != 0) scale += bytes(cols);
  }
}
