import type { Kernels } from "../kernels/kernels.js";
import { SettlingStorage } from "../kernels/settling-storage.js";
import { Matrix } from "../matrix.js";
import type { Parameter } from "../parameter.js";

/** Moves the gradients of all parameters side by side, and returns them as one row, [1 × numbers]. */
export function placeGradients(parameters: readonly Parameter[], kernels: Kernels): Matrix {
  const length = parameters.reduce((sum, { value }) => sum + value.rows * value.cols, 0);
  const storage = kernels.allocate(length);
  let start = 0;
  for (const parameter of parameters) {
    const numbers = parameter.value.rows * parameter.value.cols;
    parameter.placeGradient(storage.part(start, numbers));
    start += numbers;
  }
  const settle = () => {
    for (const parameter of parameters) parameter.settle();
  };
  return new Matrix(1, length, new SettlingStorage(storage, settle));
}
