import type { Floats } from "../kernels/kernels.js";
import { expEach } from "../numeric/each.js";
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
  /** e^(z − z_top), but 0 for the top. */
  powers = new Float64Array(0);
  private z: Floats = this.powers;
  private start = 0;

  /** Reads k logits from `start` on. */
  read(z: Floats, start: number, k: number): void {
    if (this.powers.length < k) this.powers = new Float64Array(k);
    const { powers } = this;
    let top = 0;
    for (let c = 1; c < k; c++) if (z[start + c] > z[start + top]) top = c;
    const most = z[start + top];
    for (let c = 0; c < k; c++) powers[c] = z[start + c] - most;
    expEach(powers, k);
    powers[top] = 0;
    let rest = 0;
    for (let c = 0; c < k; c++) rest += powers[c];
    this.z = z;
    this.start = start;
    this.top = top;
    this.rest = rest;
    this.logTotal = log1p(rest);
  }

  /** −ln p of class c. */
  surprise(c: number): number {
    return this.z[this.start + this.top] - this.z[this.start + c] + this.logTotal;
  }
}
