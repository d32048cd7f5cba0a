import type { Floats } from "../kernels/kernels.js";
import { exp } from "../numeric/exponential.js";
import { log1p } from "../numeric/logarithm.js";

/**
 * One row of logits z as softmax sees it: p = e^(z − z_top) / (1 + rest). Keeping the 1 apart keeps all digits of
 * 1 − p_top = rest / (1 + rest), and of a loss that is nearly 0.
 */
export class SoftmaxRow {
  /** Where the largest logit is, counted from the start of the row. */
  top = 0;
  /** Σ e^(z − z_top) over the others. */
  rest = 0;
  /** ln(1 + rest) */
  logTotal = 0;
  /** e^(z − z_top), but for the top. */
  powers = new Float64Array(0);
  private z: Floats = this.powers;
  private start = 0;

  /** Reads k logits from `start` on. */
  read(z: Floats, start: number, k: number): void {
    if (this.powers.length < k) this.powers = new Float64Array(k);
    this.z = z;
    this.start = start;
    let top = 0;
    for (let c = 1; c < k; c++) if (z[start + c] > z[start + top]) top = c;
    let rest = 0;
    for (let c = 0; c < k; c++) {
      if (c === top) continue;
      this.powers[c] = exp(z[start + c] - z[start + top]);
      rest += this.powers[c];
    }
    this.top = top;
    this.rest = rest;
    this.logTotal = log1p(rest);
  }

  /** −ln p of class c. */
  surprise(c: number): number {
    return this.z[this.start + this.top] - this.z[this.start + c] + this.logTotal;
  }
}
