import { fail } from "../errors.js";
import { wholeCurve } from "../kernels/catalogue/whole-curve.js";
import type { Curve } from "../kernels/kernels.js";
import { finite, optional } from "../options.js";
import { Elementwise } from "./elementwise.js";

const clamp = (x: number, low: number, high: number) => Math.min(Math.max(x, low), high);

const hardSigmoid: Curve = {
  f: (x) => clamp(x + 3, 0, 6) / 6,
  df: (x) => (x > -3 && x < 3 ? 1 / 6 : 0),
  whole: /* @__PURE__ */ wholeCurve("hardSigmoid"),
};

/** y = min(max(x + 3, 0), 6) / 6, a sigmoid of three straight lines; the derivative is 1/6 or 0. As in PyTorch and Keras 3. */
export class HardSigmoid extends Elementwise {
  static override readonly type = "HardSigmoid";
  static override readonly rules = () => ({});
  protected readonly curve = hardSigmoid;
}

const hardSwish: Curve = {
  f: (x) => (x <= -3 ? x * 0 : x >= 3 ? x : (x * (x + 3)) / 6),
  df: (x) => (x < -3 ? 0 : x > 3 ? 1 : x / 3 + 0.5),
  whole: /* @__PURE__ */ wholeCurve("hardSwish"),
};

/** y = x · min(max(x + 3, 0), 6) / 6. A. Howard et al., "Searching for MobileNetV3", 2019. */
export class HardSwish extends Elementwise {
  static override readonly type = "HardSwish";
  static override readonly rules = () => ({});
  protected readonly curve = hardSwish;
}

export interface HardTanhOptions {
  /** Default: −1. */
  min?: number;
  /** Above `min`. Default: 1. */
  max?: number;
}

/** y = min(max(x, min), max); the derivative is 1 between them, else 0. @throws ChainruleError unless min < max */
export class HardTanh extends Elementwise<HardTanhOptions> {
  static override readonly type = "HardTanh";
  static override readonly rules = () => ({ min: optional(finite), max: optional(finite) });
  private readonly min = this.options.min ?? -1;
  private readonly max = this.options.max ?? 1;
  protected override readonly parameter = this.min;
  protected readonly curve: Curve = {
    f: (x) => clamp(x, this.min, this.max),
    df: (x) => (x > this.min && x < this.max ? 1 : 0),
    whole: wholeCurve("hardTanh", this.max),
  };

  constructor(options: HardTanhOptions = {}) {
    super(options);
    if (this.min >= this.max) fail("HardTanh", "`min` below `max`", `${this.min} and ${this.max}`);
  }
}
