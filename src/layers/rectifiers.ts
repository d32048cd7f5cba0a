import { wholeCurve } from "../kernels/catalogue/whole-curve.js";
import type { Curve } from "../kernels/kernels.js";
import { exp, expm1 } from "../numeric/exponential.js";
import { finite, nonNegative, optional, positive } from "../options.js";
import { Elementwise } from "./elementwise.js";

const relu6: Curve = {
  f: (x) => Math.min(Math.max(x, 0), 6),
  df: (x) => (x > 0 && x < 6 ? 1 : 0),
  whole: /* @__PURE__ */ wholeCurve("hardTanh", 6),
};

/** y = min(max(x, 0), 6). The derivative at 0 and at 6 is 0. A. Krizhevsky, 2010. */
export class ReLU6 extends Elementwise {
  static override readonly type = "ReLU6";
  static override readonly rules = () => ({});
  protected readonly curve = relu6;
}

const SELU_SCALE = 1.0507009873554805;
const SELU_ALPHA = 1.6732632423543772;
const selu: Curve = {
  f: (x) => SELU_SCALE * (x <= 0 ? SELU_ALPHA * expm1(x) : x),
  df: (x) => SELU_SCALE * (x <= 0 ? SELU_ALPHA * exp(x) : 1),
  whole: /* @__PURE__ */ wholeCurve("selu"),
};

/**
 * y = λ·x, or λ·α·(eˣ − 1) where x ≤ 0, with λ ≈ 1.0507 and α ≈ 1.6733, which keep mean 0 and variance 1 from layer to
 * layer: with `lecunNormal` weights and `AlphaDropout`. G. Klambauer et al., "Self-normalizing neural networks", 2017.
 */
export class SELU extends Elementwise {
  static override readonly type = "SELU";
  static override readonly rules = () => ({});
  protected readonly curve = selu;
}

const celu: Curve = {
  f: (x, alpha) => (x <= 0 ? alpha * expm1(x / alpha) : x),
  df: (x, _, alpha) => (x <= 0 ? exp(x / alpha) : 1),
  whole: /* @__PURE__ */ wholeCurve("celu"),
};

/** y = x, or α·(e^(x/α) − 1) where x ≤ 0; its derivative has no step at 0. J. Barron, 2017. α > 0. Default: 1. */
export class CELU extends Elementwise<{
  /** What −y comes up to far below 0. Default: 1. */
  alpha?: number;
}> {
  static override readonly type = "CELU";
  static override readonly rules = () => ({ alpha: optional(positive) });
  protected readonly curve = celu;
  protected override readonly parameter = this.options.alpha ?? 1;
}

/** y = x where x > threshold, else value; the derivative is 1 or 0. Defaults: 0 and 0. PyTorch's Threshold. */
export class Threshold extends Elementwise<{
  /** What x has to be above, to stay. Default: 0. */
  threshold?: number;
  /** What the others become. Default: 0. */
  value?: number;
}> {
  static override readonly type = "Threshold";
  static override readonly rules = () => ({ threshold: optional(finite), value: optional(finite) });
  protected override readonly parameter = this.options.threshold ?? 0;
  private readonly value = this.options.value ?? 0;
  protected readonly curve: Curve = {
    f: (x, threshold) => (x <= threshold ? this.value : x),
    df: (x, _, threshold) => (x <= threshold ? 0 : 1),
    whole: wholeCurve("threshold", this.value),
  };
}

const softShrink: Curve = {
  f: (x, lambda) => (x > lambda ? x - lambda : x < -lambda ? x + lambda : x * 0),
  df: (x, _, lambda) => (Math.abs(x) > lambda ? 1 : 0),
  whole: /* @__PURE__ */ wholeCurve("softShrink"),
};

/** y = x − λ above λ, x + λ below −λ, and 0 between; the derivative is 1 or 0. λ ≥ 0. Default: 0.5. */
export class SoftShrink extends Elementwise<{
  /** How far from 0 numbers become 0, and by how much the others shrink. Default: 0.5. */
  lambda?: number;
}> {
  static override readonly type = "SoftShrink";
  static override readonly rules = () => ({ lambda: optional(nonNegative) });
  protected readonly curve = softShrink;
  protected override readonly parameter = this.options.lambda ?? 0.5;
}

const hardShrink: Curve = {
  f: (x, lambda) => (Math.abs(x) <= lambda ? 0 : x),
  df: (x, _, lambda) => (Math.abs(x) <= lambda ? 0 : 1),
  whole: /* @__PURE__ */ wholeCurve("hardShrink"),
};

/** y = x outside [−λ, λ], and 0 inside; the derivative is 1 or 0. λ ≥ 0. Default: 0.5. */
export class HardShrink extends Elementwise<{
  /** How far from 0 numbers become 0. Default: 0.5. */
  lambda?: number;
}> {
  static override readonly type = "HardShrink";
  static override readonly rules = () => ({ lambda: optional(nonNegative) });
  protected readonly curve = hardShrink;
  protected override readonly parameter = this.options.lambda ?? 0.5;
}
