import type { Matrix } from "../matrix.js";
import type { Parameter } from "../parameter.js";

/** g = min(max(g, −limit), limit) */
export function clipValue(grad: Matrix, limit: number): void {
  const { data } = grad;
  for (let i = 0; i < data.length; i++) data[i] = Math.max(-limit, Math.min(limit, data[i]));
}

/** g = g · min(1, limit / ‖g‖) */
export function clipNorm(grad: Matrix, limit: number): void {
  const norm = Math.sqrt(sumOfSquares(grad));
  if (norm > limit) scale(grad, limit / norm);
}

/** As clipNorm, with the norm of all gradients together. R. Pascanu et al., 2013. */
export function clipGlobalNorm(parameters: readonly Parameter[], limit: number): void {
  const trained = parameters.filter((parameter) => parameter.trainable);
  const norm = Math.sqrt(trained.reduce((sum, { grad }) => sum + sumOfSquares(grad), 0));
  if (norm > limit) for (const { grad } of trained) scale(grad, limit / norm);
}

function sumOfSquares({ data }: Matrix): number {
  let sum = 0;
  for (let i = 0; i < data.length; i++) sum += data[i] * data[i];
  return sum;
}

function scale({ data }: Matrix, factor: number): void {
  for (let i = 0; i < data.length; i++) data[i] *= factor;
}
