import { kernelsForModel } from "../../src/kernels/select.js";
import { chooseNumerics, moduleFor } from "../../src/kernels/simd/engine.js";
import { Matrix } from "../../src/matrix.js";
import type { ProductTask } from "../tasks.js";
import { floats } from "./floats.js";
import { job, missing, serve } from "./serve.js";

const numerics = job.how.numerics === "fast" ? "fast" : "exact";
if (moduleFor(numerics) === undefined) missing(`this engine has no ${numerics} kernels`);
chooseNumerics(numerics);
const kernels = kernelsForModel("float32");
const numbers = floats(job.files.inputs);
let used = 0;

/** The kernels themselves on numbers in their own memory, as training has them: the only look behind the package. */
await serve(() => {
  const { task, how } = job;
  if (task.kind !== "product") throw new Error(`products.ts expects a product task, but got ${task.kind}.`);
  const { y, multiply } = prepare(task);
  return {
    version: `chainrule ${how.version}`,
    note: `${kernels.name}, ${numerics}`,
    check() {
      multiply();
      return Array.from({ length: 16 }, (_, i) => y.data[Math.floor((i * (y.data.length - 1)) / 15)]);
    },
    run(amount) {
      for (let i = 0; i < amount; i++) multiply();
      return amount;
    },
  };
});

function prepare({ gives, batch, inputs, units }: ProductTask) {
  if (gives === "y") {
    const [x, w, y] = [given(batch, inputs), given(inputs, units), block(batch, units)];
    return { y, multiply: () => kernels.product(x, w, y) };
  }
  if (gives === "dW") {
    const [x, dy, y] = [given(batch, inputs), given(batch, units), block(inputs, units)];
    return { y, multiply: () => kernels.transposedProduct(x, dy, y) };
  }
  const [dy, w, y] = [given(batch, units), given(inputs, units), block(batch, inputs)];
  return { y, multiply: () => kernels.productTransposed(dy, w, y) };
}

/** A matrix of the next numbers of the file. */
function given(rows: number, cols: number) {
  const matrix = block(rows, cols);
  matrix.data.set(numbers.subarray(used, used + rows * cols));
  used += rows * cols;
  return matrix;
}

function block(rows: number, cols: number): Matrix {
  return new Matrix(rows, cols, kernels.allocate(rows * cols));
}
