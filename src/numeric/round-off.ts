// A sum or a product of two doubles is exactly two doubles: its rounded value, and what rounding lost.
// T. J. Dekker, "A floating-point technique for extending the available precision", 1971.

/** a + b − sum, exactly, where sum is the rounded a + b. */
export function sumError(a: number, b: number, sum: number): number {
  const fromB = sum - a;
  return a - (sum - fromB) + (b - fromB);
}

/** a rounded to 26 bits; the rest has 26 bits too, so that products of such halves are exact. |a| < 2⁹⁹⁶. */
export function upperHalf(a: number): number {
  const scaled = 134217729 * a; // 2²⁷ + 1
  return scaled - (scaled - a);
}

/** a² − square, exactly, where square is the rounded a², unless it underflows. */
export function squareError(a: number, square: number): number {
  const high = upperHalf(a);
  const low = a - high;
  return high * high - square + 2 * high * low + low * low;
}

/** a·b − product, exactly, where product is the rounded a·b, unless it underflows. */
export function productError(a: number, b: number, product: number): number {
  const aHigh = upperHalf(a);
  const aLow = a - aHigh;
  const bHigh = upperHalf(b);
  const bLow = b - bHigh;
  return aHigh * bHigh - product + aHigh * bLow + aLow * bHigh + aLow * bLow;
}
