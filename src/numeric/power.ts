import { exp, expOfSum } from "./exponential.js";
import { logInto } from "./logarithm.js";
import { productError } from "./round-off.js";

const rest = /* @__PURE__ */ new Float64Array(1);

/**
 * **xʸ = e^(y·ln x)**, within 0.6 ulp (0.8 where the result is subnormal), with the special values of Math.pow.
 * An error in y·ln x grows with its size, up to 745, on the way through e; so ln x and the product carry a second part.
 */
export function pow(x: number, y: number): number {
  const size = Math.abs(x);
  const usual = size > 0 && size < Number.POSITIVE_INFINITY && Math.abs(y) < 2 ** 64 && y !== 0;
  if (!usual) return extremePow(x, y);
  if (x < 0 && Math.floor(y) !== y) return Number.NaN;
  const high = logInto(rest, size);
  const product = y * high;
  const near = Math.abs(product) < 800;
  const power = near ? expOfSum(product, productError(y, high, product) + y * rest[0]) : exp(product);
  return x < 0 && isOdd(y) ? -power : power;
}

/** xʸ where x is 0, infinite or NaN, or where y is 0, NaN or so large that xʸ is 1, 0 or infinite. */
function extremePow(x: number, y: number): number {
  const size = Math.abs(x);
  if (y === 0) return 1;
  if (Number.isNaN(x) || Number.isNaN(y)) return Number.NaN;
  // Unlike C, ECMAScript has no value for 1^±∞.
  if (size === 1) return Math.abs(y) === Number.POSITIVE_INFINITY ? Number.NaN : 1;
  const power = size > 1 === y > 0 ? Number.POSITIVE_INFINITY : 0;
  return (x < 0 || Object.is(x, -0)) && isOdd(y) ? -power : power;
}

function isOdd(y: number): boolean {
  return Math.floor(y) === y && Math.floor(y / 2) !== y / 2;
}
