// A sum or a product of two doubles is itself double + double, exactly: the rounded result and what rounding lost.
// T. J. Dekker, "A floating-point technique for extending the available precision", 1971.

/** a + b − sum, exactly, where sum is the rounded a + b. */
export function sumError(a: number, b: number, sum: number): number {
  const fromB = sum - a;
  return a - (sum - fromB) + (b - fromB);
}

/** 2²⁷ + 1: multiplying by it splits 53 bits into two halves whose products are exact. */
const SPLITTER = 134217729;

/** a·b − product, exactly, where product is the rounded a·b; |a|, |b| < 2⁹⁹⁶, no underflow. */
export function productError(a: number, b: number, product: number): number {
  const aScaled = SPLITTER * a;
  const aHigh = aScaled - (aScaled - a);
  const aLow = a - aHigh;
  const bScaled = SPLITTER * b;
  const bHigh = bScaled - (bScaled - b);
  const bLow = b - bHigh;
  return aHigh * bHigh - product + aHigh * bLow + aLow * bHigh + aLow * bLow;
}
