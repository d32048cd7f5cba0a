/** 2^k for −1074 ≤ k ≤ 1023: all of them that are doubles. */
const POWERS = /* @__PURE__ */ powersOfTwo();

function powersOfTwo(): Float64Array {
  const powers = new Float64Array(2098);
  powers[0] = Number.MIN_VALUE;
  for (let i = 1; i < powers.length; i++) powers[i] = 2 * powers[i - 1];
  return powers;
}

/** 2^k for −1074 ≤ k ≤ 1023. */
export function powerOfTwo(k: number): number {
  return POWERS[k + 1074];
}

/**
 * x·2^k for whole −2148 ≤ k ≤ 2046. In two halves, since 2^k alone may be no double. The first half is exact for
 * 1 ≤ x < 2 and for a subnormal x with k ≥ 0, so the result is rounded once at most.
 */
export function scale(x: number, k: number): number {
  const half = k >> 1;
  return x * powerOfTwo(half) * powerOfTwo(k - half);
}

const double = /* @__PURE__ */ new Float64Array(1);
const upper = /* @__PURE__ */ upperWordOf(double);

/** A view of the upper 32 bits of a double, whichever way round the machine keeps its bytes. */
function upperWordOf(double: Float64Array): Int32Array {
  const words = new Int32Array(double.buffer);
  // The lower word of 1 is zero, the upper one is not.
  double[0] = 1;
  return words.subarray(words[0] === 0 ? 1 : 0);
}

/** The upper 32 bits of a double: its sign, 11 bits of exponent plus 1023, and the first 20 bits of the fraction. */
export function upperWord(x: number): number {
  double[0] = x;
  return upper[0];
}
