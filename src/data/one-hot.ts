import { fail } from "../errors.js";
import type { DType } from "../kernels/kernels.js";
import { Matrix } from "../matrix.js";

/** One row for each label: 1 in the column of its class, 0 elsewhere. [labels × classes] */
export function oneHot(labels: ArrayLike<number>, classes: number, dtype: DType = "float32"): Matrix {
  const y = Matrix.zeros(labels.length, classes, dtype);
  for (let r = 0; r < labels.length; r++) {
    const label = labels[r];
    if (!(Number.isInteger(label) && label >= 0 && label < classes)) {
      fail("oneHot", `labels from 0 to ${classes - 1}`, `${label} at ${r}`);
    }
    y.data[r * classes + label] = 1;
  }
  return y;
}
