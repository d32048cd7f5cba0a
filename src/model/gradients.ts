import type { Storage } from "../kernels/kernels.js";
import { SettlingStorage } from "../kernels/settling-storage.js";
import { Matrix } from "../matrix.js";
import type { Parameter } from "../parameter.js";

/** How many numbers the parameters have. */
export function lengthOf(parameters: readonly Parameter[]): number {
  return parameters.reduce((sum, { value }) => sum + value.rows * value.cols, 0);
}

/**
 * Moves the gradients of all parameters side by side to the start of the first arena, and returns them as one row,
 * [1 × numbers], with these `numbers`. The other arenas are for those of further shards.
 */
export function placeGradients(
  parameters: readonly Parameter[],
  [arena, ...others]: readonly Storage[],
  numbers?: Matrix,
): Matrix {
  let start = 0;
  for (const parameter of parameters) {
    const numbers = parameter.value.rows * parameter.value.cols;
    parameter.placeGradient(arena.part(start, numbers));
    parameter.placeLanes(others.map((other) => other.part(start, numbers)));
    start += numbers;
  }
  const settle = () => {
    for (const parameter of parameters) parameter.settle();
  };
  const all = new Matrix(1, start, new SettlingStorage(arena.part(0, start), settle));
  if (numbers !== undefined) all.data.set(numbers.data);
  return all;
}
