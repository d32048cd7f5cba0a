import {
  type Context,
  Dense,
  Lambda,
  Layer,
  Matrix,
  Parallel,
  ReLU,
  Residual,
  Sequential,
  type Shape,
} from "chainrule";
import { type OnnxWriter, toOnnx } from "chainrule/onnx";
import { describe, expect, it } from "vitest";
import { difference, runOnnx } from "./support/run.js";

const square = () => new Lambda({ forward: (x) => x.mul(x) });
const squared: OnnxWriter = (_, graph, x) => graph.node("Mul", [x, x]);

/** y = (x₁ + s, x₂ + s, …, 1), s a parameter. */
class Shifted extends Layer<{ by: number }> {
  static override readonly type = "Shifted";
  override build(input: Shape, context: Context): Shape {
    super.build(input, context);
    return [input[0] + 1];
  }
  forward = (x: Matrix) =>
    Matrix.zeros(x.rows, x.cols + 1).map((_, r, c) => (c < x.cols ? x.at(r, c) + this.options.by : 1));
  backward = (dy: Matrix) => dy;
}
const shifted: OnnxWriter = (layer, graph, x) => {
  const { by } = layer.options as { by: number };
  const sum = graph.node("Add", [x, graph.constant(by)]);
  const one = graph.node("Mul", [
    graph.node("ReduceSum", [x, graph.indices([-1])], { shape: [1] }),
    graph.constant(0),
  ]);
  const last = graph.node("Add", [one, graph.constant([1])]);
  return graph.node("Concat", [sum, last], { attributes: { axis: -1n }, shape: [x.shape[0] + 1] });
};

describe("layers of one's own", () => {
  it("are written by a writer of one's own, inside others too", async () => {
    const model = new Sequential(
      [
        new Dense({ units: 2 }),
        new Residual({ layers: [square(), new Sequential([square()])] }),
        new Parallel({ branches: [[square()], [new Shifted({ by: 0.5 })]] }),
        new ReLU(),
      ],
      { input: [3], seed: 1 },
    );
    const bytes = await toOnnx(model, { layers: { Lambda: squared, Shifted: shifted } });
    const x = Matrix.from([
      [1, -2, 3],
      [0.5, 0, -1],
    ]);
    expect(difference(await runOnnx(bytes, x), model.predict(x))).toBeLessThan(1e-6);
  });

  it("may be written otherwise than by the library", async () => {
    const model = new Sequential([new ReLU()], { input: [2] });
    const bytes = await toOnnx(model, { layers: { ReLU: (_, graph, x) => graph.node("Abs", [x]) } });
    expect((await runOnnx(bytes, Matrix.from([[-2, 3]]))).toArray()).toEqual([[2, 3]]);
  });

  it("take attributes of every type", async () => {
    const model = new Sequential([square()], { input: [2] });
    const bytes = await toOnnx(model, {
      layers: {
        Lambda: (_, graph, x) => {
          const attributes = { axes: [-1n], keepdims: 1n };
          const sum = graph.node("ReduceMax", [x], { attributes, shape: [1] });
          const texts = graph.node("Elu", [sum], { attributes: { alpha: 0.5 } });
          return graph.node("Concat", [texts, sum], { attributes: { axis: 1n }, shape: [2] });
        },
      },
    });
    expect((await runOnnx(bytes, Matrix.from([[1, 3]]))).toArray()).toEqual([[3, 3]]);
  });

  it("are refused by name without one", async () => {
    const inside = new Sequential([new Parallel({ branches: [[new Residual({ layers: [square()] })]] })], {
      input: [1],
    });
    await expect(toOnnx(inside)).rejects.toThrow(
      'toOnnx expects layers that it can write, but got Lambda(). Give it: toOnnx(model, { layers: { Lambda: (layer, graph, x) => graph.node("…", [x]) } }).',
    );
  });

  it("have to return a value of the graph, of the size that they have", async () => {
    const model = new Sequential([square(), new ReLU()], { input: [2] });
    const write = (writer: unknown) => toOnnx(model, { layers: { Lambda: writer as OnnxWriter } });
    for (const value of [undefined, "x", { name: "y", shape: [2] }]) {
      await expect(write(() => value)).rejects.toThrow(
        "toOnnx expects the writer of Lambda() to return a value of the graph, but got",
      );
    }
    const wide: OnnxWriter = (_, graph, x) =>
      graph.node("Concat", [x, x], { attributes: { axis: 1n }, shape: [4] });
    await expect(write(wide)).rejects.toThrow("toOnnx, 1.ReLU, expects rows of [2], but got [4].");
    const two: unknown = 2;
    await expect(
      write(((_, graph, x) => graph.node("Mul", [x, two as never])) as OnnxWriter),
    ).rejects.toThrow(
      "toOnnx, 0.Lambda, expects inputs of a node that are values of the graph, but got 2. Write graph.constant(2)",
    );
    const flag: OnnxWriter = (_, graph, x) =>
      graph.node("Elu", [x], { attributes: { alpha: true as never } });
    await expect(write(flag)).rejects.toThrow(
      'The attribute "alpha" expects a bigint, a number, a text or a list, but got true.',
    );
    await expect(write(1)).rejects.toThrow("`layers` to be functions by the type of their layer");
    await expect(
      write((_: unknown, graph: Parameters<OnnxWriter>[1]) => graph.constant([1, 2], [3])),
    ).rejects.toThrow("toOnnx, 0.Lambda/constant, expects 3 numbers, but got 2.");
  });
});

describe("toOnnx", () => {
  it("says what it wants", async () => {
    await expect(toOnnx(undefined as never)).rejects.toThrow(
      "toOnnx expects a Sequential, but got undefined.",
    );
    await expect(toOnnx(new Sequential([new ReLU()]))).rejects.toThrow("toOnnx expects a built model");
    const model = new Sequential([new ReLU()], { input: [1] });
    await expect(toOnnx(model, { labels: [1] as never })).rejects.toThrow("`labels` to be a list of texts");
    await expect(toOnnx(model, { metadata: { a: 1 } as never })).rejects.toThrow(
      "`metadata` to be texts by name",
    );
    for (const name of ["", "a\0b", "\ud800"]) {
      await expect(toOnnx(model, { input: name })).rejects.toThrow("`input` to be a name");
    }
    const holes = new Array<string>(1);
    await expect(toOnnx(model, { labels: holes })).rejects.toThrow("`labels` to be a list of texts");
    await expect(toOnnx(model, { opset: 9 } as never)).rejects.toThrow("toOnnx expects only the options");
  });

  it("refuses more bytes than a file may have, before it takes memory for them", async () => {
    const model = new Sequential([square()], { input: [1] });
    const huge: OnnxWriter = (_, graph) => graph.constant({ length: 2 ** 29 });
    await expect(toOnnx(model, { layers: { Lambda: huge } })).rejects.toThrow(
      "toOnnx expects a model of less than 2 GB, which an ONNX file may have, but got a larger one.",
    );
  });
});
