import {
  Dense,
  Embedding,
  Exponential,
  exportFunction,
  Flatten,
  HardShrink,
  HardTanh,
  Lambda,
  Layer,
  type LayerClass,
  Matrix,
  ones,
  Parallel,
  PReLU,
  ReLU,
  Residual,
  Sequential,
  Softmax,
  SoftShrink,
  Softsign,
  Threshold,
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

const half = () => new Lambda({ forward: (m) => m.mul(0.5) });
const written = layerClasses.filter(({ traits }) => traits?.notSerializable === undefined);

/** As `expectSame`, and what is no number, or none that is finite, is the same. */
function expectSameToTheLast(model: Sequential, x: Matrix): void {
  const predict = run(exportFunction(model));
  const wanted = model.predict(x);
  for (let r = 0; r < x.rows; r++) {
    for (const [c, value] of predict(x.row(r).data).entries()) {
      const other = wanted.at(r, c);
      const isClose = Math.abs(value - other) <= 1e-6 * Math.max(1, Math.abs(other));
      if (!isClose || !Number.isFinite(other)) expect([r, c, value]).toEqual([r, c, other]);
    }
  }
}

describe.each(written.map((Class) => [Class.type, Class] as const))("%s", (_, Class: LayerClass) => {
  it.each(["float32", "float64"] as const)("gives the same numbers as text, %s", (dtype) => {
    const { input } = exampleOf(Class);
    const model = new Sequential([make(Class), new Dense({ units: 3 })], { input, seed: 5, dtype });
    expectSame(model, inputsFor(Class, 5, dtype));
  });

  it.each(["float32", "float64"] as const)("keeps hostile weights, %s", (dtype) => {
    for (const value of [Number.NaN, Infinity, -Infinity, -0, 1e-45, 5e-324, 0.1, 1 / 3, 1e30, -1e30]) {
      const model = new Sequential([make(Class)], { input: exampleOf(Class).input, seed: 5, dtype });
      for (const parameter of model.parameters) parameter.value.data[0] = value;
      expectSameToTheLast(model, inputsFor(Class, 3, dtype));
    }
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

  it("overflows where the model does", () => {
    const x = Matrix.from([[100], [-100], [1e38], [0]]);
    for (const layers of [
      [new Exponential(), new Softsign()],
      [new Residual({ layers: [new Exponential(), new Softsign()] })],
      [
        new Parallel({
          branches: [[new Exponential()], [new Dense({ units: 1, weightInitializer: ones() })]],
        }),
      ],
    ]) {
      expectSameToTheLast(new Sequential(layers, { input: [1] }), x);
    }
  });

  it("keeps every digit of float64, and −0", () => {
    const model = new Sequential([new Dense({ units: 1, useBias: false })], { input: [2], dtype: "float64" });
    for (const weights of [
      [Math.fround(0.1), -Math.fround(0.1) * (1 + 2 ** -52)],
      [1 / 3, 5e-324],
    ]) {
      model.parameters[0].value.data.set(weights);
      const x = Matrix.from([[1, 1]], "float64");
      expect(run(exportFunction(model))([1, 1])).toEqual([...model.predict(x).data]);
    }
    for (const dtype of ["float32", "float64"] as const) {
      const slope = new Sequential([new PReLU()], { input: [1], dtype });
      slope.parameters[0].value.data[0] = -0;
      expect(run(exportFunction(slope))([-3])).toEqual([0]); // 0·(−3) is −0
      const threshold = new Sequential([new Threshold({ value: -0 })], { input: [1], dtype });
      expect(run(exportFunction(threshold))([-3])).toEqual([-0]);
    }
  });

  it.each(["float32", "float64"] as const)("compares with an option as the model does, %s", (dtype) => {
    const x = Matrix.from([[0.1], [-0.1], [0.1 + 1e-8], [0.1 - 1e-8]], dtype);
    for (const layer of [
      new Threshold({ threshold: 0.1, value: -5 }),
      new HardShrink({ lambda: 0.1 }),
      new SoftShrink({ lambda: 0.1 }),
      new HardTanh({ min: -0.1, max: 0.1 }),
    ]) {
      expectSameToTheLast(new Sequential([layer], { input: [1], dtype }), x);
    }
  });

  it("takes any width, and any number of layers in a row", () => {
    const wide = new Sequential([new Softmax()], { input: [200_000] });
    expect(run(exportFunction(wide))(new Float32Array(200_000))[7]).toBeCloseTo(5e-6, 9);
    const layers = (count: number) => Array.from({ length: count }, () => new HardTanh());
    const long = (count: number) =>
      exportFunction(new Sequential([new Residual({ layers: layers(count) })], { input: [1] }));
    expect(run(long(5000))([0.25])).toEqual([0.5]);
    expect(long(2000).length).toBeLessThan(2.01 * long(1000).length);
  });

  it("refuses indices that there are not, as the model does", () => {
    const predict = run(
      exportFunction(
        new Sequential(
          [new Embedding({ inputDim: 5, outputDim: 2 }), new Flatten(), new Dense({ units: 1 })],
          { input: [1] },
        ),
      ),
    );
    for (const index of [5, -1, 0.5, Number.NaN]) {
      expect(() => predict([index])).toThrow(`predict expects whole numbers from 0 to 4, but got ${index}.`);
    }
  });

  it("has no code from the text of an option", () => {
    class Named extends Layer<{ title: string }> {
      static override readonly type = "Named";
      forward = (m: Matrix) => m;
      backward = (dy: Matrix) => dy;
    }
    for (const end of ["\n", "\r", "\u2028", "\u2029"]) {
      const model = new Sequential([new Named({ title: `a${end}throw 1;` })], { input: [1] });
      const text = exportFunction(model, { layers: { Named: () => "x.map((v) => 2 * v)" } });
      expect(run(text)([3])).toEqual([6]);
    }
  });

  it("wants expressions as text, of layers inside too", () => {
    const inside = new Sequential([new Parallel({ branches: [[new Residual({ layers: [half()] })]] })], {
      input: [1],
    });
    expect(() => exportFunction(inside)).toThrow(
      "exportFunction expects layers that it can write, but got Lambda()",
    );
    expect(() => exportFunction(inside, { layers: { Lambda: (() => undefined) as never } })).toThrow(
      "exportFunction expects an expression of Lambda() as text, but got undefined.",
    );
    expect(run(exportFunction(inside, { layers: { Lambda: () => "x.map((v) => v / 2)" } }))([3])).toEqual([
      4.5,
    ]);
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
    expect(() => exportFunction(undefined as never)).toThrow(
      "exportFunction expects a Sequential, but got undefined.",
    );
  });
});
