import { Context, type DType, Matrix } from "chainrule";
import { describe, expect, it } from "vitest";
import * as barrel from "../../src/layers/index.js";
import type { Layer, LayerClass } from "../../src/layers/layer.js";
import { expectEach, expectGolden, matrixOf, readGolden } from "../kernels/compare.js";

interface Points {
  type: string;
  options: object;
  dtype: DType;
  x: number[];
  y: number[];
  dydx: number[];
}

interface Rows extends Omit<Points, "dydx"> {
  rows: number;
  cols: number;
  dy: number[];
  dx: number[];
}

const { points, cases } = readGolden<{ points: Points[]; cases: Rows[] }>("more-activations");
const classes = barrel as unknown as Record<string, LayerClass>;
const title = ({ type, options, dtype }: Points | Rows) => `${type} ${JSON.stringify(options)} ${dtype}`;

function built(type: string, options: object, cols: number, dtype: DType): Layer {
  const layer: Layer = new classes[type](options as never);
  layer.build([cols], Context.root({ dtype }));
  return layer;
}

/** Where a curve turns, two parts of its derivative cancel: there the error is absolute. */
const turns = (type: string, x: number) => ["GELU", "Mish"].includes(type) && x > -2.6 && x < -0.5;

describe("activations, true values from −1000 to 1000", () => {
  it.each(points.map((c) => [title(c), c] as const))("%s", (_, { type, options, dtype, x, y, dydx }) => {
    const layer = built(type, options, 1, dtype);
    const got = layer.forward(matrixOf(x.length, 1, x, dtype), false);
    const dx = layer.backward(Matrix.full(x.length, 1, 1, dtype));
    const [relative, smallest] = dtype === "float64" ? [1e-13, 1e-307] : [1.2e-7, 2e-45];
    const near = (a: number, b: number, i: number) =>
      Object.is(a, b) ||
      Math.abs(a - b) <= relative * Math.abs(b) + smallest + (turns(type, x[i]) ? relative / 100 : 0);
    expectEach("y", got.data, y, near);
    expectEach("dy/dx", dx.data, dydx, near);
  });
});

describe("activations as in PyTorch", () => {
  it.each(cases.map((c) => [title(c), c] as const))(
    "%s",
    (_, { type, options, dtype, rows, cols, x, y, dy, dx }) => {
      const layer = built(type, options, cols, dtype);
      const got = layer.forward(matrixOf(rows, cols, x, dtype), true);
      expectGolden("y", got.data, y, dtype);
      const back = layer.backward(matrixOf(rows, got.cols, dy, dtype));
      expectGolden("dx", back.data, dx, dtype);
    },
  );
});

describe("extremes", () => {
  const at = (type: string, x: number[][], dtype: DType = "float32", options = {}) => {
    const layer = built(type, options, x[0].length, dtype);
    const y = layer.forward(Matrix.from(x, dtype), false).copy();
    return { y, dx: layer.backward(Matrix.full(y.rows, y.cols, 1, dtype)) };
  };

  it.each(["float32", "float64"] as const)(
    "LogSoftmax and Softmin neither overflow nor lose a class, %s",
    (dtype) => {
      const logits = [[1000, -1000, 0]];
      expect([...at("LogSoftmax", logits, dtype).y.data]).toEqual([0, -2000, -1000]);
      expect([...at("LogSoftmax", [[-1000, -1000]], dtype).y.data].map((v) => Math.fround(v))).toEqual(
        [-Math.LN2, -Math.LN2].map(Math.fround),
      );
      expect([...at("Softmin", logits, dtype).y.data]).toEqual([0, 1, 0]);
    },
  );

  it("gates with 0 and with everything", () => {
    expect([...at("GLU", [[3, 3, -1000, 1000]]).y.data]).toEqual([0, 3]);
    expect([...at("SwiGLU", [[-1000, 1000, 5, 5]]).y.data].map(Math.abs)).toEqual([0, 5000]);
    expect(() => built("GLU", {}, 3, "float32")).toThrow(
      "GLU() expects an even last side of its input, but got [3]",
    );
  });

  it.each(["Mish", "GELU", "Squareplus", "LogSigmoid", "TanhShrink", "CELU", "SELU", "HardSwish"])(
    "%s is finite for every finite number of float64, and so is its derivative",
    (type) => {
      const x = [1e200, -1e200, 1e308, -1e308, 5e-324, -5e-324, 0, -0].map((v) => [v]);
      const { y, dx } = at(type, x, "float64", type === "GELU" ? { approximate: "tanh" } : {});
      expect([...y.data].every(Number.isFinite)).toBe(true);
      expect([...dx.data].every(Number.isFinite)).toBe(true);
    },
  );

  it("refuses bounds in the wrong order", () => {
    expect(() => built("HardTanh", { min: 1, max: 1 }, 1, "float32")).toThrow(
      "`min` below `max`, but got 1 and 1",
    );
  });
});

describe("PReLU", () => {
  it("learns a slope for all, or one for each unit", () => {
    const x = Matrix.from([
      [-1, 2],
      [-3, -4],
    ]);
    const dy = Matrix.from([
      [1, 1],
      [10, 100],
    ]);
    const gradient = (perUnit: boolean) => {
      const layer = built("PReLU", { perUnit }, 2, "float32");
      layer.forward(x, true);
      layer.backward(dy);
      return [...layer.parameters[0].grad.data];
    };
    expect(gradient(true)).toEqual([-31, -400]);
    expect(gradient(false)).toEqual([-431]);
  });
});
