import {
  Dense,
  Matrix,
  meanSquaredError,
  modelFromJSON,
  orthogonality,
  Random,
  Sequential,
  SGD,
} from "chainrule";
import { describe, expect, it } from "vitest";

function normals(rows: number, cols: number): Matrix {
  const random = Random.fromSeed(9);
  return Matrix.zeros(rows, cols, "float64").map((_, r, c) => random.normal(cols * r + c));
}

/** λ·‖WᵀW − I‖², and its derivative 4λ·W(WᵀW − I), with whole matrices. */
function formula(w: Matrix, lambda: number): [number, Matrix] {
  const error = w.transpose().matmul(w).sub(Matrix.identity(w.cols, "float64"));
  return [lambda * error.mul(error).sum(), w.matmul(error).mul(4 * lambda)];
}

describe.each([
  [4, 3],
  [3, 4],
  [1, 5],
  [5, 1],
])("orthogonality of [%d × %d]", (rows, cols) => {
  const w = normals(rows, cols);

  it("is its formula, by columns and by rows", () => {
    const [columns, dColumns] = formula(w, 0.3);
    const [byRows, dRows] = formula(w.transpose(), 0.3);
    for (const [mode, penalty, derivative] of [
      ["columns", columns, dColumns],
      ["rows", byRows, dRows.transpose()],
    ] as const) {
      const regularize = orthogonality({ lambda: 0.3, mode });
      const grad = Matrix.full(rows, cols, 2, "float64"); // it adds to what is there
      expect(regularize(w, grad)).toBeCloseTo(penalty, 11);
      expect(regularize(w)).toBe(regularize(w, grad.copy()));
      for (const [i, d] of derivative.data.entries()) expect(grad.data[i] - 2).toBeCloseTo(d, 11);
    }
  });

  it.each(["columns", "rows"] as const)("has the slope of its %s", (mode) => {
    const regularize = orthogonality({ lambda: 0.3, mode });
    const grad = Matrix.zeros(rows, cols, "float64");
    regularize(w, grad);
    const h = 1e-5;
    for (let i = 0; i < w.data.length; i++) {
      const [above, below] = [w.copy(), w.copy()];
      above.data[i] += h;
      below.data[i] -= h;
      const slope = (regularize(above) - regularize(below)) / (2 * h);
      expect(Math.abs(grad.data[i] - slope)).toBeLessThan(1e-7 * Math.max(1, Math.abs(slope)));
    }
  });
});

it("is 0 with derivative 0 for columns at right angles", () => {
  const w = Matrix.from(
    [
      [0.6, 0.8],
      [0.8, -0.6],
      [0, 0],
    ],
    "float64",
  );
  const grad = Matrix.zeros(3, 2, "float64");
  expect(orthogonality()(w, grad)).toBeLessThan(1e-30);
  expect(Math.max(...grad.data.map(Math.abs))).toBeLessThan(1e-15);
  // The rows are not: one is 0, which costs λ · 1.
  expect(orthogonality({ mode: "rows" })(w)).toBeCloseTo(0.01, 14);
});

it("trains a Dense layer towards right angles, and comes back from JSON", async () => {
  const weightRegularizer = orthogonality({ lambda: 0.5 });
  const model = new Sequential([new Dense({ units: 3, weightRegularizer, useBias: false })], {
    ...{ input: [4], seed: 1, dtype: "float64" },
  });
  const x = Matrix.zeros(8, 4, "float64");
  const y = Matrix.zeros(8, 3, "float64");
  model.compile({ loss: meanSquaredError(), optimizer: new SGD({ learningRate: 0.05 }) });
  await model.fit({ x, y }, { epochs: 300 });
  const w = model.getWeights()["0.weight"];
  expect(formula(w, 1)[0]).toBeLessThan(1e-12);
  const written = JSON.parse(JSON.stringify(model));
  expect(JSON.parse(JSON.stringify(modelFromJSON(written)))).toEqual(written);
});

it("refuses wrong options", () => {
  expect(() => orthogonality({ lambda: -1 })).toThrow(/^orthogonality expects `lambda` to be .* at least 0/);
  expect(() => orthogonality({ mode: "column" as never })).toThrow(/`mode` to be one of "columns", "rows"/);
});
