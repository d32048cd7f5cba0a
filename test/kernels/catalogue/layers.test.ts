import { Matrix } from "chainrule";
import { describe, expect, it } from "vitest";
import {
  columnMoments,
  normalizeColumns,
  normalizedColumnsGradient,
} from "../../../src/kernels/catalogue/column-norms.js";
import { gate, gateGradient, glu, swiglu } from "../../../src/kernels/catalogue/gates.js";
import { layersFor } from "../../../src/kernels/catalogue/layer-exports.js";
import { logSoftmax, logSoftmaxGradient } from "../../../src/kernels/catalogue/log-softmax.js";
import { prelu, preluGradient, preluSlopeGradient } from "../../../src/kernels/catalogue/prelu.js";
import { normalizedRowsGradient, normalizeRows } from "../../../src/kernels/catalogue/row-norms.js";
import { addToRows, copyRows } from "../../../src/kernels/catalogue/rows.js";
import { wideView } from "../../../src/kernels/catalogue/wide-view.js";
import type { Kernels } from "../../../src/kernels/kernels.js";
import { referenceKernels } from "../../../src/kernels/reference.js";
import { modelKernels } from "../../../src/kernels/simd.js";
import { expectBits, expectEach, ulps } from "../compare.js";
import { overSizes } from "../laws/arithmetic.js";
import { roughNumbers, Workbench, wildNumbers } from "../workbench.js";

const simd = modelKernels();
const portable = referenceKernels("float32");

/** Makes operands for one run of a law. */
class Operands {
  constructor(
    private readonly bench: Workbench,
    private readonly numbers: (length: number, seed: number) => number[],
  ) {}

  of(rows: number, cols: number, seed: number): Matrix {
    return this.bench.matrix(rows, cols, this.numbers(rows * cols, seed));
  }

  /** Room for float64 numbers, which begin at an even place, as buffers do. */
  wide(count: number): Matrix {
    return new Matrix(1, 2 * count, this.bench.kernels.allocate(2 * count));
  }
}

type Results = Readonly<Record<string, Matrix>>;
type Near = (got: number, want: number) => boolean;

/**
 * The same work on the portable loops and in a model's memory, or in a mixture of places, which is left to the portable
 * loops: the same bits, or numbers that are near enough.
 */
function law(name: string, work: (make: Operands, rows: number, cols: number) => Results, near?: Near): void {
  it(name, () => {
    overSizes(([rows, cols], places) => {
      if (cols === 0) return; // no layer has rows of nothing
      for (const numbers of [roughNumbers, wildNumbers]) {
        const run = (kernels: Kernels) => {
          const bench = new Workbench(kernels, places);
          const results = work(new Operands(bench, numbers), rows, cols);
          bench.expectFrames();
          return results;
        };
        const want = run(portable);
        for (const [what, { data }] of Object.entries(run(simd))) {
          const label = `${what} of [${rows} × ${cols}], ${numbers.name}, ${places}`;
          if (near === undefined) expectBits(label, data, [...want[what].data]);
          else expectEach(label, data, [...want[what].data], numbers === wildNumbers ? alike : near);
        }
      }
    });
  });
}

/** Both finite, or neither: what underflows on the way, in float32 sooner, may be multiplied by a giant or by infinity. */
const alike: Near = (a, b) => Number.isFinite(a) === Number.isFinite(b);

const within =
  (limit: number, absolute: number): Near =>
  (a, b) =>
    ulps(a, b, "float32") <= limit || Math.abs(a - b) <= absolute;

it("is at work here", () => {
  const one = (kernels: Kernels) => new Workbench(kernels, "kernels").matrix(1, 1, [1]);
  expect(layersFor(one(simd))).toBeDefined();
  expect(layersFor(one(portable))).toBeUndefined();
});

const optional = (has: boolean, make: () => Matrix) => (has ? make() : undefined);

describe.each([
  ["γ and β", true, true],
  ["γ alone", true, false],
  ["neither", false, false],
])("normalizations with %s", (_, hasWeight, hasBias) => {
  const scaling = (make: Operands, cols: number, seed: number) => ({
    weight: optional(hasWeight, () => make.of(1, cols, seed)),
    bias: optional(hasBias, () => make.of(1, cols, seed + 1)),
  });
  const shown = ({ weight, bias }: ReturnType<typeof scaling>): Results => ({
    ...(weight && { weight }),
    ...(bias && { bias }),
  });

  describe.each([true, false])("rows, the mean subtracted: %s", (isCentred) => {
    law("forward", (make, rows, cols) => {
      const [x, xHat] = [make.of(rows, cols, 1), make.of(rows, cols, 4)];
      const y = hasWeight ? make.of(rows, cols, 5) : xHat;
      const inverses = make.wide(rows);
      normalizeRows(x, scaling(make, cols, 2), 1e-3, isCentred, xHat, y, inverses);
      return { xHat, y, inverses };
    });

    law("backward", (make, rows, cols) => {
      const [dy, xHat, dx] = [make.of(rows, cols, 1), make.of(rows, cols, 2), make.of(rows, cols, 3)];
      const { weight } = scaling(make, cols, 4);
      const gradients = scaling(make, cols, 6);
      const inverses = make.wide(rows);
      for (let r = 0; r < rows; r++) wideView(inverses)[r] = 0.3 + r;
      normalizedRowsGradient(dy, xHat, weight, gradients, isCentred, inverses, dx);
      return { dx, ...shown(gradients) };
    });
  });

  law("columns, forward", (make, rows, cols) => {
    const [x, xHat] = [make.of(rows, cols, 1), make.of(rows, cols, 4)];
    const y = hasWeight ? make.of(rows, cols, 5) : xHat;
    const room = 4 * Math.ceil(cols / 4);
    const [means, squares] = [make.wide(room), make.wide(room)];
    columnMoments(x, means, squares);
    const moments = Matrix.from([
      [...wideView(means).subarray(0, cols)],
      [...wideView(squares).subarray(0, cols)],
    ]);
    normalizeColumns(x, scaling(make, cols, 2), means, squares, xHat, y);
    return { xHat, y, moments };
  });

  describe.each([true, false])("columns, moments of the batch: %s", (isOfBatch) => {
    law("backward", (make, rows, cols) => {
      const [dy, xHat, dx] = [make.of(rows, cols, 1), make.of(rows, cols, 2), make.of(rows, cols, 3)];
      const { weight } = scaling(make, cols, 4);
      const gradients = scaling(make, cols, 6);
      const room = 4 * Math.ceil(cols / 4);
      const [inverses, sums, dots] = [make.wide(room), make.wide(room), make.wide(room)];
      for (let c = 0; c < cols; c++) wideView(inverses)[c] = 0.3 + c;
      normalizedColumnsGradient(dy, xHat, weight, gradients, inverses, isOfBatch, sums, dots, dx);
      return { dx, ...shown(gradients) };
    });
  });
});

describe.each([1, 2])("PReLU, slopes in case %i", (which) => {
  const slopes = (make: Operands, cols: number) => make.of(1, which === 1 ? 1 : cols, 9);

  law("forward", (make, rows, cols) => {
    const [x, y] = [make.of(rows, cols, 1), make.of(rows, cols, 2)];
    prelu(x, slopes(make, cols), y);
    return { y };
  });

  law("backward", (make, rows, cols) => {
    const [x, dy, dx] = [make.of(rows, cols, 1), make.of(rows, cols, 2), make.of(rows, cols, 3)];
    const products = make.of(rows, cols, 4);
    preluGradient(x, slopes(make, cols), dy, dx, products);
    const alone = make.of(rows, cols, 5);
    preluGradient(x, slopes(make, cols), dy, alone, undefined);
    return { dx, products, alone };
  });
});

law("rows by their indices, copied and added to", (make, rows, cols) => {
  const [table, index] = [make.of(rows + 1, cols, 1), make.of(2, rows, 2)];
  index.data.forEach((_, i) => {
    index.data[i] = (i * 7) % (rows + 1);
  });
  const [y, dy] = [make.of(2 * rows, cols, 3), make.of(2 * rows, cols, 4)];
  copyRows(table, index, y);
  addToRows(table, index, dy);
  return { y, table };
});

law("PReLU, one slope that is learned", (make, rows, cols) => {
  const [x, dy, dx] = [make.of(rows, cols, 1), make.of(rows, cols, 2), make.of(rows, cols, 3)];
  const sum = preluSlopeGradient(x, make.of(1, 1, 9), dy, dx);
  return { dx, sum: Matrix.from([[sum]], "float64") };
});

describe("LogSoftmax", () => {
  // Logarithms near 0 are differences of larger numbers: their error is absolute.
  law(
    "forward",
    (make, rows, cols) => {
      const [x, y] = [make.of(rows, cols, 1), make.of(rows, cols, 2)];
      logSoftmax(x, y, make.wide(rows));
      return { y };
    },
    within(2, 2 ** -21),
  );

  law(
    "backward",
    (make, rows, cols) => {
      const [y, dy, dx] = [make.of(rows, cols, 1), make.of(rows, cols, 2), make.of(rows, cols, 3)];
      for (let i = 0; i < y.data.length; i++) y.data[i] = -Math.abs(y.data[i]);
      logSoftmaxGradient(y, dy, dx);
      return { dx };
    },
    within(64, 2 ** -16),
  );
});

describe.each(Object.entries({ glu, swiglu }))("%s", (_, curve) => {
  law(
    "forward",
    (make, rows, cols) => {
      const [x, y] = [make.of(rows, 2 * cols, 1), make.of(rows, cols, 2)];
      gate(curve, x, y, cols);
      return { y };
    },
    within(4, 2 ** -120),
  );

  law(
    "backward",
    (make, rows, cols) => {
      const [x, dy, dx] = [make.of(rows, 2 * cols, 1), make.of(rows, cols, 2), make.of(rows, 2 * cols, 3)];
      gateGradient(curve, x, dy, dx, cols);
      return { dx };
    },
    within(64, 2 ** -18), // parts of f′ cancel
  );
});
