import { type Named, named } from "../named.js";
import { checkOptions, finite, optional } from "../options.js";
import type { Random } from "../random.js";
import type { Initializer } from "./initializer.js";

/**
 * Columns of length `gain` at right angles to one another, QᵀQ = gain²·I; rows, where there are fewer. Uniform over all
 * such matrices: the Q of a QR decomposition of normal numbers, with a positive diagonal of R. Default: gain 1.
 * A. Saxe et al., "Exact solutions to the nonlinear dynamics of learning in deep linear neural networks", 2014;
 * F. Mezzadri, "How to generate random matrices from the classical compact groups", 2007.
 */
export function orthogonal(
  options: {
    /** What the matrix is multiplied by. Default: 1. */
    gain?: number;
  } = {},
): Named<Initializer> {
  checkOptions("orthogonal", options, { gain: optional(finite) });
  const { gain = 1 } = options;
  return named("orthogonal", options, ({ rows, cols, data }, _, random) => {
    const tall = rows >= cols;
    const vectors = orthonormal(Math.min(rows, cols), Math.max(rows, cols), random);
    for (let i = 0; i < data.length; i++) {
      const [r, c] = [Math.floor(i / cols), i % cols];
      data[i] = gain * (tall ? vectors[c][r] : vectors[r][c]);
    }
  });
}

/**
 * `count` vectors of `length` numbers by Gram and Schmidt, whose R has a positive diagonal by itself; each is made
 * orthogonal to those before it twice, which is enough for the last digit (L. Giraud et al., 2005).
 */
function orthonormal(count: number, length: number, random: Random): readonly Float64Array[] {
  const vectors: Float64Array[] = [];
  for (let k = 0; k < count; k++) {
    const v = Float64Array.from({ length }, (_, i) => random.normal(k * length + i));
    for (let pass = 0; pass < 2; pass++) {
      for (const q of vectors) addScaled(v, -dot(q, v), q);
    }
    const norm = Math.sqrt(dot(v, v));
    vectors.push(v.map((x) => x / norm));
  }
  return vectors;
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i] * b[i];
  return sum;
}

function addScaled(y: Float64Array, scale: number, x: Float64Array): void {
  for (let i = 0; i < y.length; i++) y[i] += scale * x[i];
}
