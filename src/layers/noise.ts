import type { Matrix } from "../matrix.js";
import { fraction, nonNegative } from "../options.js";
import { Layer } from "./layer.js";

/**
 * y = x ∘ a + b in training, with numbers drawn for each place; otherwise y = x. What is drawn for a row depends on the
 * seed, the step and the row's place in the whole batch, not on how the batch is cut.
 */
abstract class Noise<Options extends object> extends Layer<Options> {
  private scale: Matrix | undefined; // a, saved by forward in training, [batch × units]
  private y: Matrix | undefined; //     saved by forward, [batch × units]
  private drawn = new Float64Array(0); // for a row

  /** y = x ∘ a + b, or x */
  forward(x: Matrix, training: boolean): Matrix {
    this.expectInput(x);
    this.scale = training ? this.buffer("scale", x.rows, x.cols) : undefined;
    this.y = x;
    if (this.scale === undefined) return x;
    this.y = this.buffer("y", x.rows, x.cols);
    const { random, position } = this.context;
    const { rows, cols } = x;
    const [from, a, to] = [x.data, this.scale.data, this.y.data];
    if (this.drawn.length !== cols) this.drawn = new Float64Array(cols);
    for (let r = 0; r < rows; r++) {
      random[this.kind](this.drawn, position.step, position.example + r);
      for (let c = 0, i = r * cols; c < cols; c++, i++) {
        a[i] = this.scaleOf(this.drawn[c]);
        to[i] = from[i] * a[i] + this.shiftOf(this.drawn[c]);
      }
    }
    return this.y;
  }

  /** ∂L/∂x = dy ∘ a, or dy */
  backward(dy: Matrix): Matrix {
    this.saved(this.y, dy);
    if (this.scale === undefined) return dy;
    const dx = this.buffer("dx", dy.rows, dy.cols);
    this.kernels.multiply(dy, this.scale, dx);
    return dx;
  }

  /** What is drawn for each number. */
  protected abstract readonly kind: "shares" | "normals";
  /** a for what was drawn. */
  protected abstract scaleOf(drawn: number): number;
  /** b for what was drawn. */
  protected abstract shiftOf(drawn: number): number;
}

/** In training y = x + σ·n, n normal with mean 0 and variance 1; otherwise y = x. σ is `standardDeviation`. */
export class GaussianNoise extends Noise<{ standardDeviation: number }> {
  static override readonly type = "GaussianNoise";
  static override readonly example = { options: { standardDeviation: 0.5 }, input: [6] };
  static override readonly rules = () => ({ standardDeviation: nonNegative });

  protected readonly kind = "normals";

  protected scaleOf(): number {
    return 1;
  }

  protected shiftOf(normal: number): number {
    return this.options.standardDeviation * normal;
  }
}

/**
 * In training y = x·(1 + n·√(rate / (1 − rate))), n normal with mean 0 and variance 1: as much noise as Dropout makes,
 * and nothing lost; otherwise y = x. N. Srivastava et al., 2014, section 10.
 */
export class GaussianDropout extends Noise<{ rate: number }> {
  static override readonly type = "GaussianDropout";
  static override readonly example = { options: { rate: 0.3 }, input: [6] };
  static override readonly rules = () => ({ rate: fraction });

  protected readonly kind = "normals";
  private readonly deviation = Math.sqrt(this.options.rate / (1 - this.options.rate));

  protected scaleOf(normal: number): number {
    return 1 + normal * this.deviation;
  }

  protected shiftOf(): number {
    return 0;
  }
}

/** −λ·α of SELU: where it saturates. */
const SATURATED = -1.7580993408473766;

/**
 * Dropout for SELU. In training a number is set to s ≈ −1.758, where SELU saturates, with probability p = `rate`, and
 * then y = a·x + b with a = 1 / √((1 − p)·(1 + p·s²)) and b = −a·p·s, so that mean 0 and variance 1 stay; otherwise
 * y = x. G. Klambauer et al., 2017.
 */
export class AlphaDropout extends Noise<{ rate: number }> {
  static override readonly type = "AlphaDropout";
  static override readonly example = { options: { rate: 0.3 }, input: [6] };
  static override readonly rules = () => ({ rate: fraction });

  protected readonly kind = "shares";
  private readonly rate = this.options.rate;
  private readonly a = 1 / Math.sqrt((1 - this.rate) * (1 + this.rate * SATURATED * SATURATED));
  private readonly b = -this.a * this.rate * SATURATED;

  protected scaleOf(share: number): number {
    return share < this.rate ? 0 : this.a;
  }

  protected shiftOf(share: number): number {
    return share < this.rate ? this.a * SATURATED + this.b : this.b;
  }
}
