import { mask, type Place } from "../kernels/catalogue/masks.js";
import { scaleByNormals, shiftByNormals } from "../kernels/catalogue/normals.js";
import type { Matrix } from "../matrix.js";
import { fraction, nonNegative } from "../options.js";
import type { Random } from "../random.js";
import { NoiseLayer } from "./noise-layer.js";

/** In training y = x + σ·n, n normal with mean 0 and variance 1; otherwise y = x. σ is `standardDeviation`. */
export class GaussianNoise extends NoiseLayer<{
  /** Of what is added. */
  standardDeviation: number;
}> {
  static override readonly type = "GaussianNoise";
  static override readonly example = { options: { standardDeviation: 0.5 }, input: [6] };
  static override readonly rules = () => ({ standardDeviation: nonNegative });

  protected apply(x: Matrix, y: Matrix, random: Random, place: Place): undefined {
    shiftByNormals(x, y, random, place, this.options.standardDeviation);
  }
}

/**
 * In training y = x·(1 + n·√(rate / (1 − rate))), n normal with mean 0 and variance 1: as much noise as Dropout makes,
 * and nothing lost; otherwise y = x. N. Srivastava et al., 2014, section 10.
 */
export class GaussianDropout extends NoiseLayer<{
  /** The rate of the Dropout with as much variance, from 0 up to, but not including, 1. */
  rate: number;
}> {
  static override readonly type = "GaussianDropout";
  static override readonly example = { options: { rate: 0.3 }, input: [6] };
  static override readonly rules = () => ({ rate: fraction });

  private readonly deviation = Math.sqrt(this.options.rate / (1 - this.options.rate));

  protected apply(x: Matrix, y: Matrix, random: Random, place: Place): Matrix {
    const scale = this.buffer("scale", x.rows, x.cols);
    scaleByNormals(x, scale, y, random, place, this.deviation);
    return scale;
  }
}

/** −λ·α of SELU: where it saturates. */
const SATURATED = -1.7580993408473766;

/**
 * Dropout for SELU. In training a number is set to s ≈ −1.758, where SELU saturates, with probability p = `rate`, and
 * then y = a·x + b with a = 1 / √((1 − p)·(1 + p·s²)) and b = −a·p·s, so that mean 0 and variance 1 stay; otherwise
 * y = x. G. Klambauer et al., 2017.
 */
export class AlphaDropout extends NoiseLayer<{
  /** The share of numbers that are dropped, from 0 up to, but not including, 1. */
  rate: number;
}> {
  static override readonly type = "AlphaDropout";
  static override readonly example = { options: { rate: 0.3 }, input: [6] };
  static override readonly rules = () => ({ rate: fraction });

  private readonly rate = this.options.rate;
  private readonly a = 1 / Math.sqrt((1 - this.rate) * (1 + this.rate * SATURATED * SATURATED));
  private readonly b = -this.a * this.rate * SATURATED;

  protected apply(x: Matrix, y: Matrix, random: Random, place: Place): Matrix {
    const scale = this.buffer("scale", x.rows, x.cols);
    mask(x, scale, y, random, place, this.rate, this.a, [this.a * SATURATED + this.b, this.b]);
    return scale;
  }
}
