import {
  Dense,
  exportFunction,
  Lambda,
  type LayerClass,
  Matrix,
  ReLU,
  Residual,
  Sequential,
  Softmax,
} from "chainrule";
import { describe, expect, it } from "vitest";
import { exampleOf, inputsFor, make } from "../support/layer-laws.js";
import { layerClasses } from "../support/subjects.js";

type Predict = (x: ArrayLike<number>) => number[];
const run = (text: string): Predict => new Function(`"use strict"; return ${text};`)() as Predict;

function expectSame(model: Sequential, x: Matrix): void {
  const predict = run(exportFunction(model));
  const wanted = model.predict(x);
  for (let r = 0; r < x.rows; r++) {
    const row = wanted.row(r).data;
    const got = predict(x.row(r).data);
    expect(got).toHaveLength(row.length);
    for (const [c, value] of got.entries()) {
      expect(Math.abs(value - row[c])).toBeLessThanOrEqual(1e-6 * Math.max(1, Math.abs(row[c])));
    }
  }
}

const written = layerClasses.filter(({ traits }) => traits?.notSerializable === undefined);

describe.each(written.map((Class) => [Class.type, Class] as const))("%s", (_, Class: LayerClass) => {
  it.each(["float32", "float64"] as const)("gives the same numbers as text, %s", (dtype) => {
    const { input } = exampleOf(Class);
    const model = new Sequential([make(Class), new Dense({ units: 3 })], { input, seed: 5, dtype });
    expectSame(model, inputsFor(Class, 5, dtype));
  });
});

describe("exportFunction", () => {
  const model = () =>
    new Sequential(
      [
        new Dense({ units: 8 }),
        new Sequential([new ReLU()]),
        new Residual({ layers: [new Dense({ units: 8 }), new ReLU()] }),
        new Dense({ units: 2 }),
        new Softmax(),
      ],
      {
        input: [4],
        seed: 1,
      },
    );

  it("keeps options, nested models and extremes", () => {
    const x = Matrix.from([
      [1000, -1000, 0, 1],
      [1e-30, -0, 3, -3],
      [-5, 5, 0.5, 0.25],
    ]);
    expectSame(model(), x);
    for (const [Class, options] of [
      ["ELU", { alpha: 0.5 }],
      ["HardTanh", { min: -2, max: 0.5 }],
      ["Threshold", { threshold: 1, value: -2 }],
      ["Squareplus", { b: 1 }],
      ["GELU", { approximate: "tanh" }],
      ["Softplus", { beta: 3 }],
      ["LeakyReLU", { negativeSlope: -0.3 }],
      ["Parallel", { branches: [[], [new Dense({ units: 4 })]], merge: "maximum" }],
      ["BatchNorm", { affine: false, epsilon: 0.1 }],
    ] as const) {
      const found = layerClasses.find(({ type }) => type === Class) as LayerClass;
      expectSame(new Sequential([new found(options as never)], { input: [4] }), x);
    }
  });

  it("is as long as its weights, and needs nothing around it", () => {
    const length = (units: number) =>
      exportFunction(new Sequential([new Dense({ units })], { input: [100] })).length;
    expect(length(200)).toBeLessThan(2.1 * length(100));
    expect(exportFunction(model())).not.toMatch(/import|require|globalThis/);
  });

  it("says what it cannot write, and takes your expression of it", () => {
    const square = new Lambda({ forward: (x) => x.mul(x) });
    const one = new Sequential([square], { input: [2] });
    expect(() => exportFunction(one)).toThrow(
      'exportFunction expects layers that it can write, but got Lambda(). Give it: exportFunction(model, { layers: { Lambda: (layer) => "x.map(…)" } }).',
    );
    const text = exportFunction(one, { layers: { Lambda: () => "x.map((v) => v * v)" } });
    expect(run(text)([3, -2])).toEqual([9, 4]);
    expect(() => run(text)([1])).toThrow("predict expects 2 numbers, but got 1.");
    expect(() => exportFunction(new Sequential([new ReLU()]))).toThrow("a built model");
  });
});
