import { Matrix } from "../matrix.js";
import { flag, optional } from "../options.js";
import type { Parameter } from "../parameter.js";
import { type Momentum, momentumAt, momentumRule } from "../schedules/schedule.js";
import { AdamW } from "./adamw.js";
import { type MomentOptions, momentRules } from "./moments.js";
import { orthogonalize } from "./newton-schulz.js";

export interface MuonOptions extends MomentOptions {
  /** μ, in [0, 1): a number, or a schedule such as oneCycleMomentum(…). Default: 0.95. */
  momentum?: Momentum;
  /** Whether to look ahead along the momentum. Default: true. */
  nesterov?: boolean;
}

/**
 * Muon, for matrices with both sides above 1: v = μ·v + (1 − μ)·g, u = (1 − μ)·g + μ·v (without Nesterov: v),
 * **w −= η·λ·w, w −= η · √max(1, cols / rows) · O**, with O the orthogonal matrix that is nearly closest to u, by five
 * Newton–Schulz steps. A weight is [inputs × outputs]. Everything else goes by AdamW, with the same η and λ: give it, or
 * the first and last layers, others by `groups`.
 * Defaults: learningRate 0.001, weightDecay 0.1, which is decoupled. K. Jordan et al., 2024; the form is PyTorch's (2.9).
 */
export class Muon extends AdamW {
  static override readonly type = "Muon";
  static override readonly rules = () => ({
    ...momentRules(),
    momentum: optional(momentumRule),
    nesterov: optional(flag),
  });
  protected override readonly defaultDecay = 0.1;
  declare readonly options: Readonly<MuonOptions>;

  private momentum = 0; // μ of the step that is under way

  constructor(options: MuonOptions = {}) {
    super(options);
  }

  protected override begin(parameters: readonly Parameter[]): void {
    super.begin(parameters);
    this.momentum = momentumAt(this.options.momentum ?? 0.95, this.steps);
  }

  protected override update(parameter: Parameter, rate: number, decay: number): void {
    const { rows, cols } = parameter.value;
    if (rows === 1 || cols === 1) {
      super.update(parameter, rate, decay);
      return;
    }
    const { nesterov = true } = this.options;
    const { momentum: mu } = this;
    const [g, , v] = this.numbers(parameter, "velocity");
    const u = Matrix.zeros(rows, cols, parameter.kernels.dtype);
    for (let i = 0; i < v.length; i++) {
      v[i] = mu * v[i] + (1 - mu) * g[i];
      u.data[i] = nesterov ? (1 - mu) * g[i] + mu * v[i] : v[i];
    }
    const { data: o } = orthogonalize(parameter.kernels, u);
    const { data: w } = parameter.value; // only now: the memory may have grown
    const step = rate * Math.sqrt(Math.max(1, cols / rows));
    for (let i = 0; i < w.length; i++) w[i] -= rate * decay * w[i] + step * o[i];
  }
}
