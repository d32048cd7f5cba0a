import { expOfSum } from "./exponential.js";
import { logInto } from "./logarithm.js";
import { productError } from "./round-off.js";

const rest = /* @__PURE__ */ new Float64Array(1);

/**
 * **xʸ = e^(y·ln x)**, within 0.6 ulp, with the special values of ECMAScript's Math.pow.
 * An error in y·ln x is multiplied by its size, up to 745, on its way through e; so ln x and the product carry two parts.
 */
export function pow(x: number, y: number): number {
  const size = Math.abs(x);
  if (!(size > 0 && size < Number.POSITIVE_INFINITY && Math.abs(y) < 2 ** 64) || y === 0)
    return extremePow(x, y);
  if (x < 0 && Math.floor(y) !== y) return Number.NaN;
  const high = logInto(rest, size, 0);
  const product = y * high;
  const power = expOfSum(product, productError(y, high, product) + y * rest[0]);
  return x < 0 && isOdd(y) ? -power : power;
}

function isOdd(y: number): boolean {
  return Math.floor(y) === y && Math.floor(y / 2) !== y / 2;
}

/** xʸ where x is 0, infinite or NaN, or where y is 0, NaN or at least 2⁶⁴, hence even. */
function extremePow(x: number, y: number): number {
  if (y === 0) return 1;
  const size = Math.abs(x);
  const infinite = Math.abs(y) === Number.POSITIVE_INFINITY;
  if (size !== size || y !== y || (size === 1 && infinite)) return Number.NaN;
  if (size === 1) return 1;
  const power = size > 1 === y > 0 ? Number.POSITIVE_INFINITY : 0;
  return (x < 0 || Object.is(x, -0)) && isOdd(y) ? -power : power;
}
