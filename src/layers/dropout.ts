import { mask, type Place } from "../kernels/catalogue/masks.js";
import type { Matrix } from "../matrix.js";
import { fraction } from "../options.js";
import type { Random } from "../random.js";
import { NoiseLayer } from "./noise-layer.js";

export interface DropoutOptions {
  /** The probability that a number is set to 0, in [0, 1). */
  rate: number;
}

/**
 * In training, y = x ∘ m with m = 0 with probability `rate`, else 1 / (1 − rate), so that the mean stays; otherwise
 * y = x. The mask of a row depends on the seed, the step and the row's place in the whole batch, not on how the batch
 * is cut. N. Srivastava et al., 2014.
 */
export class Dropout extends NoiseLayer<DropoutOptions> {
  static override readonly type = "Dropout";
  static override readonly example = { options: { rate: 0.4 }, input: [6] };
  static override readonly rules = () => ({ rate: fraction });

  protected apply(x: Matrix, y: Matrix, random: Random, place: Place): Matrix {
    const m = this.buffer("scale", x.rows, x.cols);
    mask(x, m, y, random, place, this.options.rate, 1 / (1 - this.options.rate));
    return m;
  }
}
