import { ChainruleError } from "chainrule";
import * as curves from "../../../src/kernels/curves.js";
import type { Kernels } from "../../../src/kernels/kernels.js";
import { Workbench } from "../workbench.js";

/** Operands that do not fit are refused, in a sentence that names the kernel; nothing is written. */
export function sizesLaw(kernels: Kernels): void {
  const bench = new Workbench(kernels);
  const m = (rows: number, cols: number) => bench.matrix(rows, cols, new Float64Array(rows * cols));
  const step = { beta1: 0.9, beta2: 0.999, epsilon: 1e-8, rate: 0.01, root: 0.1 };
  const wrong: Readonly<Record<string, readonly (() => void)[]>> = {
    copy: [() => kernels.copy(m(2, 3), m(3, 2)), () => kernels.copy(m(2, 3), m(2, 4))],
    gather: [() => kernels.gather(m(4, 3), [0, 1], 0, m(2, 2))],
    transpose: [() => kernels.transpose(m(2, 3), m(2, 3))],
    addScaled: [() => kernels.addScaled(m(2, 3), 1, m(3, 3)), () => kernels.addScaled(m(1, 3), 1, m(2, 3))],
    columnSums: [() => kernels.columnSums(m(2, 3), m(2, 1)), () => kernels.columnSums(m(2, 3), m(1, 4))],
    rowSums: [() => kernels.rowSums(m(2, 3), m(1, 2)), () => kernels.rowSums(m(2, 3), m(3, 1))],
    map: [() => kernels.map(curves.relu, m(2, 3), m(3, 2))],
    mapGradient: [
      () => kernels.mapGradient(curves.relu, m(2, 3), m(1, 3), m(2, 3), m(2, 3)),
      () => kernels.mapGradient(curves.relu, m(2, 3), m(2, 3), m(2, 2), m(2, 3)),
      () => kernels.mapGradient(curves.relu, m(2, 3), m(2, 3), m(2, 3), m(3, 3)),
    ],
    softmax: [() => kernels.softmax(m(2, 3), m(3, 2))],
    softmaxGradient: [
      () => kernels.softmaxGradient(m(2, 3), m(3, 2), m(2, 3)),
      () => kernels.softmaxGradient(m(2, 3), m(2, 3), m(2, 4)),
    ],
    momentum: [() => kernels.momentum(m(2, 3), 0.9, m(3, 2))],
    adam: [
      () => kernels.adam(m(2, 3), m(1, 3), m(2, 3), m(2, 3), step),
      () => kernels.adam(m(2, 3), m(2, 3), m(3, 3), m(2, 3), step),
      () => kernels.adam(m(2, 3), m(2, 3), m(2, 3), m(2, 2), step),
    ],
    product: [
      () => kernels.product(m(2, 3), m(4, 5), m(2, 5)),
      () => kernels.product(m(2, 3), m(3, 5), m(3, 5)),
      () => kernels.product(m(2, 3), m(3, 5), m(2, 4)),
    ],
    transposedProduct: [
      () => kernels.transposedProduct(m(2, 3), m(3, 5), m(3, 5)),
      () => kernels.transposedProduct(m(2, 3), m(2, 5), m(2, 5)),
    ],
    productTransposed: [
      () => kernels.productTransposed(m(2, 3), m(3, 5), m(2, 3)),
      () => kernels.productTransposed(m(2, 3), m(5, 3), m(2, 3)),
    ],
  };
  for (const name of ["add", "subtract", "multiply", "divide"] as const) {
    expectRefused(name, () => kernels[name](m(2, 3), m(2, 3), m(3, 3)));
    expectRefused(name, () => kernels[name](m(2, 3), 1, m(2, 4)));
    expectRefused(name, () => kernels[name](m(2, 3), m(3, 3), m(2, 3)));
    expectRefused(name, () => kernels[name](m(2, 3), m(2, 1), m(2, 3)));
    expectRefused(name, () => kernels[name](m(2, 3), m(1, 2), m(2, 3)));
  }
  for (const [name, calls] of Object.entries(wrong)) for (const call of calls) expectRefused(name, call);
}

function expectRefused(name: string, call: () => void): void {
  try {
    call();
  } catch (error) {
    const clear = error instanceof ChainruleError && /^\w+ expects .+, but got .+\d.+\.$/.test(error.message);
    if (clear && error.message.startsWith(`${name} `)) return;
    throw new Error(`${name} with wrong sizes says: ${String(error)}`);
  }
  throw new Error(`${name} takes wrong sizes`);
}
