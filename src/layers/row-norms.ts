import { normalizedRowsGradient, normalizeRows } from "../kernels/catalogue/row-norms.js";
import type { Matrix } from "../matrix.js";
import { rowsOf } from "../rows-of.js";
import { Affine, type NormOptions, normRules } from "./affine.js";

/** Normalizes each row by itself: x̂ = (x − shift) / scale. */
abstract class RowNorm extends Affine<NormOptions> {
  static override readonly rules = normRules;
  private xHat: Matrix | undefined; //     saved by forward, [batch × units]
  private inverses: Matrix | undefined; // 1 / scale of each row as a float64 number, saved by forward, [batch × 2]

  /** y = γ ∘ (x − shift) / scale + β */
  forward(x: Matrix): Matrix {
    this.expectInput(x);
    const { scaling, epsilon } = this;
    this.xHat = this.buffer("xHat", x.rows, x.cols);
    this.inverses = this.buffer("inverses", x.rows, 2);
    const y = scaling.weight === undefined ? this.xHat : this.buffer("y", x.rows, x.cols);
    normalizeRows(x, scaling, epsilon, this.hasBias, this.xHat, y, this.inverses);
    return y;
  }

  /** ∂L/∂x = (d − mean d − x̂ · mean(d ∘ x̂)) / scale with d = dy ∘ γ; without a shift there is no mean d */
  backward(dy: Matrix): Matrix {
    const xHat = this.saved(this.xHat, dy);
    const { weight } = this.scaling;
    const dx = this.buffer("dx", dy.rows, dy.cols);
    const inverses = this.inverses as Matrix;
    this.context.pending.eachPart(dy.rows, (lane, start, count) => {
      const [dOut, hat, inverse, dIn] = [dy, xHat, inverses, dx].map((m) => rowsOf(m, start, count));
      normalizedRowsGradient(dOut, hat, weight, this.gradients(lane), this.hasBias, inverse, dIn);
    });
    return dx;
  }

  /** What is added to the variance. */
  protected abstract readonly epsilon: number;
}

/**
 * y = γ ∘ (x − mean x) / √(var x + ε) + β over the numbers of each row; the variance is that of the row (divided by n).
 * Default: ε 10⁻⁵. J. Ba, J. Kiros and G. Hinton, "Layer normalization", 2016.
 */
export class LayerNorm extends RowNorm {
  static override readonly type = "LayerNorm";
  protected readonly epsilon = this.options.epsilon ?? 1e-5;
}

/**
 * y = γ ∘ x / √(mean x² + ε) over the numbers of each row. Default: ε the distance from 1 to the next number of the
 * model's dtype, 1.2·10⁻⁷ or 2.2·10⁻¹⁶, as PyTorch. B. Zhang and R. Sennrich, "Root mean square layer normalization", 2019.
 */
export class RMSNorm extends RowNorm {
  static override readonly type = "RMSNorm";
  protected override readonly hasBias = false;

  protected get epsilon(): number {
    return this.options.epsilon ?? (this.context.dtype === "float32" ? 2 ** -23 : 2 ** -52);
  }
}
