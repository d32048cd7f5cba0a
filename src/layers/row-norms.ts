import type { Matrix } from "../matrix.js";
import { Affine, type NormOptions, normRules } from "./affine.js";

/** Normalizes each row by itself: x̂ = (x − shift) / scale. */
abstract class RowNorm extends Affine<NormOptions> {
  static override readonly rules = normRules;
  private xHat: Matrix | undefined; // saved by forward, [batch × units]
  private inverse = new Float64Array(0); // 1 / scale of each row, saved by forward

  /** y = γ ∘ (x − shift) / scale + β */
  forward(x: Matrix): Matrix {
    this.expectInput(x);
    const xHat = this.buffer("xHat", x.rows, x.cols);
    if (this.inverse.length < x.rows) this.inverse = new Float64Array(x.rows);
    const [from, to] = [x.data, xHat.data];
    for (let r = 0; r < x.rows; r++) {
      const [shift, inverse] = this.momentsOf(x.data, r * x.cols, x.cols);
      this.inverse[r] = inverse;
      for (let i = r * x.cols; i < (r + 1) * x.cols; i++) to[i] = (from[i] - shift) * inverse;
    }
    this.xHat = xHat;
    return this.scaled(xHat);
  }

  /** ∂L/∂x = (d − mean d − x̂ · mean(d ∘ x̂)) / scale with d = dy ∘ γ; without a shift there is no mean d */
  backward(dy: Matrix): Matrix {
    const xHat = this.saved(this.xHat, dy);
    const d = this.scaledBack(xHat, dy);
    const dx = this.buffer("dx", dy.rows, dy.cols);
    const { cols } = dy;
    const [from, hat, to] = [d.data, xHat.data, dx.data];
    for (let r = 0; r < dy.rows; r++) {
      const end = (r + 1) * cols;
      let [sum, dot] = [0, 0];
      for (let i = r * cols; i < end; i++) {
        sum += from[i];
        dot += from[i] * hat[i];
      }
      const mean = this.hasBias ? sum / cols : 0;
      for (let i = r * cols; i < end; i++) {
        to[i] = (from[i] - mean - (hat[i] * dot) / cols) * this.inverse[r];
      }
    }
    return dx;
  }

  /** What to subtract from a row, and what to multiply by then. */
  protected abstract momentsOf(x: ArrayLike<number>, at: number, count: number): readonly [number, number];
}

/**
 * y = γ ∘ (x − mean x) / √(var x + ε) + β over the numbers of each row; the variance is that of the row (divided by n).
 * Default: ε 10⁻⁵. J. Ba, J. Kiros and G. Hinton, "Layer normalization", 2016.
 */
export class LayerNorm extends RowNorm {
  static override readonly type = "LayerNorm";

  protected momentsOf(x: ArrayLike<number>, at: number, count: number): readonly [number, number] {
    let [sum, squares] = [0, 0];
    for (let i = at; i < at + count; i++) sum += x[i];
    const mean = sum / count;
    for (let i = at; i < at + count; i++) squares += (x[i] - mean) ** 2;
    const { epsilon = 1e-5 } = this.options;
    return [mean, 1 / Math.sqrt(squares / count + epsilon)];
  }
}

/**
 * y = γ ∘ x / √(mean x² + ε) over the numbers of each row. Default: ε the distance from 1 to the next number of the
 * model's dtype, 1.2·10⁻⁷ or 2.2·10⁻¹⁶, as PyTorch. B. Zhang and R. Sennrich, "Root mean square layer normalization", 2019.
 */
export class RMSNorm extends RowNorm {
  static override readonly type = "RMSNorm";
  protected override readonly hasBias = false;

  protected momentsOf(x: ArrayLike<number>, at: number, count: number): readonly [number, number] {
    let squares = 0;
    for (let i = at; i < at + count; i++) squares += x[i] * x[i];
    const { epsilon = this.context.dtype === "float32" ? 2 ** -23 : 2 ** -52 } = this.options;
    return [0, 1 / Math.sqrt(squares / count + epsilon)];
  }
}
