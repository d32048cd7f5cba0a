import { wholeCurve } from "../kernels/catalogue/whole-curve.js";
import { logistic, softplusOf } from "../kernels/curves.js";
import type { Curve } from "../kernels/kernels.js";
import { exp } from "../numeric/exponential.js";
import { tanh } from "../numeric/hyperbolic.js";
import { optional, positive } from "../options.js";
import { Elementwise } from "./elementwise.js";

/** tanh(ln(1 + eˣ)) by powers of e⁻|ˣ|: nothing overflows, nothing cancels. */
function tanhOfSoftplus(x: number): number {
  const e = exp(-Math.abs(x));
  return x > 0 ? (1 + 2 * e) / (1 + 2 * e + 2 * e * e) : (e * (e + 2)) / (e * (e + 2) + 2);
}

const mish: Curve = {
  f: (x) => x * tanhOfSoftplus(x),
  df(x) {
    const w = tanhOfSoftplus(x);
    return w + x * (1 - w) * (1 + w) * logistic(x);
  },
  whole: /* @__PURE__ */ wholeCurve("mish"),
};

/** y = x·tanh(ln(1 + eˣ)). D. Misra, 2019. */
export class Mish extends Elementwise {
  static override readonly type = "Mish";
  static override readonly rules = () => ({});
  protected readonly curve = mish;
}

const logSigmoid: Curve = {
  f: (x) => -softplusOf(-x),
  df: (x) => logistic(-x),
  whole: /* @__PURE__ */ wholeCurve("logSigmoid"),
};

/** y = ln σ(x) = −ln(1 + e⁻ˣ). ∂y/∂x = σ(−x). */
export class LogSigmoid extends Elementwise {
  static override readonly type = "LogSigmoid";
  static override readonly rules = () => ({});
  protected readonly curve = logSigmoid;
}

const softsign: Curve = {
  f: (x) => x / (1 + Math.abs(x)),
  df: (x) => 1 / (1 + Math.abs(x)) ** 2,
  whole: /* @__PURE__ */ wholeCurve("softsign"),
};

/** y = x / (1 + |x|). J. Turian et al., 2009. */
export class Softsign extends Elementwise {
  static override readonly type = "Softsign";
  static override readonly rules = () => ({});
  protected readonly curve = softsign;
}

const exponential: Curve = { f: exp, df: (_, y) => y, whole: /* @__PURE__ */ wholeCurve("exponential") };

/** y = eˣ. ∂y/∂x = y. */
export class Exponential extends Elementwise {
  static override readonly type = "Exponential";
  static override readonly rules = () => ({});
  protected readonly curve = exponential;
}

/** √(x² + b); where x² is too large for a number, |x|. */
const root = (x: number, b: number) => (Math.abs(x) > 1e150 ? Math.abs(x) : Math.sqrt(x * x + b));

/** From the side on which nothing cancels: (x + r)/2 = b / 2(r − x), and the derivative ½(1 + x/r) = b / 2r(r − x). */
const squareplus: Curve = {
  f(x, b) {
    const r = root(x, b);
    return x < 0 ? (0.5 * b) / (r - x) : 0.5 * x + 0.5 * r;
  },
  df(x, _, b) {
    const r = root(x, b);
    return x < 0 ? (0.5 * b) / r / (r - x) : 0.5 * (1 + x / r);
  },
  whole: /* @__PURE__ */ wholeCurve("squareplus"),
};

/** y = (x + √(x² + b)) / 2, a smooth ReLU without exponentials. J. Barron, 2021. b > 0. Default: 4. */
export class Squareplus extends Elementwise<{
  /** How round the bend at 0 is; 0 is ReLU. Default: 4. */
  b?: number;
}> {
  static override readonly type = "Squareplus";
  static override readonly rules = () => ({ b: optional(positive) });
  protected readonly curve = squareplus;
  protected override readonly parameter = this.options.b ?? 4;
}

/** x − tanh x = x³/3 − 2x⁵/15 + 17x⁷/315 − …, where the difference would cancel. */
function cubic(x: number): number {
  const s = x * x;
  const rest = 62 / 2835 - s * (1382 / 155925 - s * (21844 / 6081075 - (s * 929569) / 638512875));
  return x * s * (1 / 3 - s * (2 / 15 - s * (17 / 315 - s * rest)));
}

const tanhShrink: Curve = {
  f: (x) => (Math.abs(x) < 0.1 ? cubic(x) : x - tanh(x)),
  df: (x) => tanh(x) ** 2,
  whole: /* @__PURE__ */ wholeCurve("tanhShrink"),
};

/** y = x − tanh x. ∂y/∂x = tanh² x. */
export class TanhShrink extends Elementwise {
  static override readonly type = "TanhShrink";
  static override readonly rules = () => ({});
  protected readonly curve = tanhShrink;
}
