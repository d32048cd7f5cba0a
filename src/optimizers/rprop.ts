import { fail } from "../errors.js";
import { optional, positive, type Rule } from "../options.js";
import type { Parameter } from "../parameter.js";
import { commonRules, Optimizer, type OptimizerOptions } from "./optimizer.js";

export interface RpropOptions extends OptimizerOptions {
  /** η⁻, in (0, 1): what a step shrinks by when the gradient changes its sign. Default: 0.5. */
  etaMinus?: number;
  /** η⁺, above 1: what a step grows by when the gradient keeps its sign. Default: 1.2. */
  etaPlus?: number;
  /** The smallest step. Default: 10⁻⁶. */
  minStep?: number;
  /** The largest step. Default: 50. */
  maxStep?: number;
}

const between = (low: number, high: number, expected: string): Rule => ({
  expected,
  accepts: (v) => typeof v === "number" && Number.isFinite(v) && v > low && v < high,
});

/**
 * Rprop: each number has a step of its own, η at first, which grows by η⁺ while the sign of its gradient stays, and
 * shrinks by η⁻ when it changes, for which time the gradient counts as 0: **w −= step · sign(g)**. It takes whole batches.
 * A schedule scales all the steps. Default: learningRate 0.01.
 * M. Riedmiller and H. Braun, 1993; the form without backtracking is C. Igel's and M. Hüsken's iRprop⁻, 2003, as in PyTorch.
 */
export class Rprop extends Optimizer<RpropOptions> {
  static override readonly type = "Rprop";
  static override readonly rules = () => ({
    ...commonRules(),
    etaMinus: optional(between(0, 1, "a number between 0 and 1")),
    etaPlus: optional(between(1, Number.POSITIVE_INFINITY, "a finite number above 1")),
    minStep: optional(positive),
    maxStep: optional(positive),
  });
  override readonly batches = "full";

  /** @throws ChainruleError for a `minStep` above `maxStep`, too */
  constructor(options: RpropOptions = {}) {
    super(options, 0.01);
    const { minStep = 1e-6, maxStep = 50 } = options;
    if (minStep > maxStep) fail("Rprop", `\`minStep\` of at most maxStep, ${maxStep}`, String(minStep));
  }

  protected update(parameter: Parameter, rate: number): void {
    const { etaMinus = 0.5, etaPlus = 1.2, minStep = 1e-6, maxStep = 50 } = this.options;
    const [g, w, last, size] = this.numbers(parameter, "last", "size");
    if (rate === 0) return;
    for (let i = 0; i < w.length; i++) {
      const turn = Math.sign(g[i]) * Math.sign(last[i]);
      const factor = turn > 0 ? etaPlus : turn < 0 ? etaMinus : 1;
      // In units of η; 0 is one that has not begun.
      size[i] = Math.min(Math.max((size[i] || 1) * factor, minStep / rate), maxStep / rate);
      last[i] = turn < 0 ? 0 : g[i];
      w[i] -= rate * size[i] * Math.sign(last[i]);
    }
  }
}
