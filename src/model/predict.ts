import { Matrix } from "../matrix.js";
import type { Door } from "./door.js";
import { MICRO_BATCH } from "./feed.js";
import type { Sequential } from "./sequential.js";

/** The outputs for x in fresh memory, a bounded number of rows at a time. NaN and Infinity pass through. */
export function predict(model: Sequential<string>, door: Door, x: Matrix): Matrix {
  door.expectInputs("predict", x);
  const y = Matrix.zeros(x.rows, model.outputSize, x.dtype);
  for (let start = 0; start < x.rows; start += MICRO_BATCH) {
    const count = Math.min(MICRO_BATCH, x.rows - start);
    const part = model.forward(door.takeInputs(x, start, count), false);
    y.data.set(part.data, start * y.cols);
  }
  return y;
}
