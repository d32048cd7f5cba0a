import { inspect } from "node:util";
import {
  Adam,
  accuracy,
  cosineDecay,
  Dense,
  heNormal,
  Matrix,
  ReLU,
  Residual,
  Sequential,
  softmaxCrossEntropy,
} from "chainrule";
import { describe, expect, it } from "vitest";

describe("console.log of a matrix", () => {
  it("shows whole numbers as they are, in columns", () => {
    const matrix = Matrix.from([
      [1, -20, 3],
      [400, 5, 6],
    ]);
    expect(inspect(matrix)).toBe("Matrix [2 × 3] float32\n    1  -20  3\n  400    5  6");
    expect(`${matrix}`).toBe(inspect(matrix));
  });

  it("shows others with four decimals, one below the other", () => {
    const matrix = Matrix.from(
      [
        [0.5, -12.25],
        [100, 1 / 3],
      ],
      "float64",
    );
    expect(inspect(matrix)).toBe("Matrix [2 × 2] float64\n    0.5000  -12.2500\n  100.0000    0.3333");
  });

  it.each([
    [[[1e-5, -2.5e-8]], "  1.000e-5  -2.500e-8"],
    [[[1e12, 0.5]], "  1.000e+12  5.000e-1"],
    [
      [
        [Number.NaN, 1],
        [Number.POSITIVE_INFINITY, 2],
      ],
      "       NaN  1\n  Infinity  2",
    ],
    [[[Number.NaN]], "  NaN"],
    [[[Number.NEGATIVE_INFINITY, 0.5]], "  -Infinity  0.5000"],
  ])("shows %j", (rows, expected) => {
    expect(inspect(Matrix.from(rows, "float64")).split("\n").slice(1).join("\n")).toBe(expected);
  });

  it("leaves out the middle of a large one", () => {
    const matrix = Matrix.zeros(60_000, 784).map((_, r, c) => (r + c) % 10);
    expect(inspect(matrix)).toMatchInlineSnapshot(`
      "Matrix [60000 × 784] float32
        0  1  2  …  1  2  3
        1  2  3  …  2  3  4
        2  3  4  …  3  4  5
        …  …  …  …  …  …  …
        7  8  9  …  8  9  0
        8  9  0  …  9  0  1
        9  0  1  …  0  1  2"
    `);
    expect(inspect(Matrix.zeros(10, 10)).split("\n")[10]).toBe("  0".repeat(10));
    expect(inspect(Matrix.zeros(11, 1)).split("\n")).toHaveLength(8);
  });

  it("shows one without numbers by its size", () => {
    expect(inspect(Matrix.zeros(0, 3))).toBe("Matrix [0 × 3] float32");
  });

  it("keeps to its place within other things", () => {
    expect(inspect({ x: Matrix.zeros(1, 2) })).toBe("{\n  x: Matrix [1 × 2] float32\n    0  0\n}");
  });
});

describe("console.log of a layer", () => {
  it("is the code that makes it", () => {
    expect(inspect(new Dense({ units: 128 }))).toBe("new Dense({ units: 128 })");
    expect(inspect([new ReLU()])).toBe("[ new ReLU() ]");
    const layers = [new Dense({ units: 3, weightInitializer: heNormal() }), new ReLU()];
    const code = "new Dense({ units: 3, weightInitializer: heNormal() }), new ReLU()";
    expect(inspect(new Residual({ layers }))).toBe(`new Residual({ layers: [${code}] })`);
  });

  it("leaves its text as it was", () => {
    expect(String(new Dense({ units: 128 }))).toBe("Dense({ units: 128 })");
  });
});

it("console.log of a model is its summary, and what it is compiled with", () => {
  const model = new Sequential([new Dense({ units: 2 }), new ReLU()], { input: [3] });
  expect(inspect(model)).toBe(`Sequential\n${model.summary()}\nnot compiled yet`);
  const optimizer = new Adam({ learningRate: cosineDecay({ initial: 0.01, steps: 9 }) });
  model.compile({ loss: softmaxCrossEntropy(), optimizer, metrics: [accuracy()] });
  expect(inspect(model)).toMatchInlineSnapshot(`
    "Sequential
    layer                   output  parameters  trainable  memory
    ─────────────────────────────────────────────────────────────
    0  Dense({ units: 2 })  [2]              8          8    32 B
    1  ReLU()               [2]              0          0     0 B
    ─────────────────────────────────────────────────────────────
    memory: weights 32 B, gradients 32 B
    8 parameters, 8 of them trainable
    loss softmaxCrossEntropy, optimizer Adam({ learningRate: cosineDecay({ initial: 0.01, steps: 9 }) }), metric accuracy"
  `);
});
