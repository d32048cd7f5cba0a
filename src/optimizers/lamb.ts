import type { Floats } from "../kernels/kernels.js";
import type { Parameter } from "../parameter.js";
import { MomentOptimizer, type MomentOptions } from "./moments.js";

/**
 * LAMB: m̂ and v̂ as in Adam, r = m̂ / (√v̂ + ε) + λ·w,  **w −= η · ‖w‖ / ‖r‖ · r**, with norms of the whole parameter; where
 * one of them is 0, w −= η·r. Defaults: learningRate 0.001, epsilon 10⁻⁶, weightDecay 0.01, which is decoupled.
 * Y. You et al., "Large Batch Optimization for Deep Learning", 2020, with φ the identity.
 */
export class LAMB extends MomentOptimizer {
  static override readonly type = "LAMB";
  protected override readonly decay = "decoupled";
  protected override readonly defaultDecay = 0.01;
  protected override readonly defaultEpsilon = 1e-6;

  constructor(options: MomentOptions = {}) {
    super(options, 0.001);
  }

  protected update(parameter: Parameter, rate: number, decay: number): void {
    const { beta1, beta2, epsilon } = this.constants;
    const { beta1Power, beta2Power } = this.count(parameter);
    const [rest1, root] = [1 - beta1Power, Math.sqrt(1 - beta2Power)];
    const [g, w, m, v] = this.numbers(parameter, "m", "v");
    for (let i = 0; i < w.length; i++) {
      m[i] = beta1 * m[i] + (1 - beta1) * g[i];
      v[i] = beta2 * v[i] + (1 - beta2) * g[i] * g[i];
    }
    const r = (i: number) => m[i] / rest1 / (Math.sqrt(v[i]) / root + epsilon) + decay * w[i];
    const ratio = norm(w, (i) => w[i]) / norm(w, r);
    const step = rate * (ratio > 0 && Number.isFinite(ratio) ? ratio : 1);
    for (let i = 0; i < w.length; i++) w[i] -= step * r(i);
  }
}

/** √Σ f(i)² */
function norm({ length }: Floats, f: (i: number) => number): number {
  let sum = 0;
  for (let i = 0; i < length; i++) sum += f(i) * f(i);
  return Math.sqrt(sum);
}
