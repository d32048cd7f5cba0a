import {
  Context,
  Dense,
  Lambda,
  type Layer,
  Matrix,
  meanSquaredError,
  modelFromBytes,
  modelToBytes,
  numeric,
  Parallel,
  ReLU,
  Residual,
  Sequential,
  SGD,
  Table,
} from "chainrule";
import { describe, expect, it } from "vitest";

const x = Matrix.from([
  [1, -2],
  [0.5, 3],
]);
const half = () => new Lambda({ forward: (m) => m.mul(0.5) });
const dense = (units = 2) => new Dense({ units });

describe("a Lambda without backward inside layers that hold others", () => {
  const train = (layers: readonly Layer[]) => {
    const model = new Sequential(layers, { input: [2], seed: 3 });
    model.compile({ loss: meanSquaredError(), optimizer: new SGD({ learningRate: 0.1 }) });
    model.trainBatch(x, x);
    return model.getWeights();
  };

  it.each<readonly [string, (first: Layer) => Layer]>([
    ["Residual", (first) => new Residual({ layers: [first, dense()] })],
    [
      "a Residual around a Sequential",
      (first) => new Residual({ layers: [new Sequential([first, dense()])] }),
    ],
    ["Parallel", (first) => new Parallel({ branches: [[first, dense()], [dense()], []], merge: "add" })],
    [
      "a branch in a branch",
      (first) => new Parallel({ branches: [[new Residual({ layers: [first, dense()] })]] }),
    ],
    ["a branch that does not train", (first) => new Parallel({ branches: [[first], [dense()]] })],
  ])("trains as the lowest layer, to the weights that it has with one: %s", (_, around) => {
    const whole = () => new Lambda({ forward: (m) => m.mul(0.5), backward: (dy) => dy.mul(0.5) });
    expect(train([around(half()), dense()])).toEqual(train([around(whole()), dense()]));
  });

  it("is refused where layers before it train, within or outside", () => {
    const message = "Lambda expects a `backward`, since layers before it train";
    expect(() => train([new Residual({ layers: [dense(), half(), dense()] })])).toThrow(message);
    expect(() => train([dense(), new Residual({ layers: [half(), dense()] })])).toThrow(message);
    expect(() => train([dense(), new Parallel({ branches: [[half()], []], merge: "add" })])).toThrow(message);
  });

  it("does not keep who calls backward by hand from ∂L/∂x", () => {
    const layer = new Residual({ layers: [new Parallel({ branches: [[dense()], []], merge: "add" })] });
    const model = new Sequential([layer], { input: [2] });
    model.compile({ loss: meanSquaredError(), optimizer: new SGD({ learningRate: 0.1 }) }).trainBatch(x, x);
    model.forward(x, true);
    const dx = model.backward(Matrix.full(2, 2, 1));
    expect([dx.rows, dx.cols]).toEqual([2, 2]);
  });
});

describe("a model with weights inside a Residual or a branch", () => {
  const trained = () => new Sequential([dense(), new ReLU()], { input: [2], seed: 9 });
  const state = (model: Sequential) => [model.isRoot, model.getWeights(), model.predict(x).data];

  it.each<readonly [string, (model: Layer) => readonly Layer[]]>([
    ["a Residual of another size", (model) => [new Residual({ layers: [model, dense(3)] })]],
    [
      "a nested model in a Residual",
      (model) => [new Residual({ layers: [new Sequential([model, dense(3)])] })],
    ],
    ["a branch", (model) => [new Parallel({ branches: [[model], [dense(3)]], merge: "add" })]],
    [
      "a layer after it",
      (model) => [new Residual({ layers: [model] }), new Residual({ layers: [dense(3)] })],
    ],
    ["rows of another size", (model) => [dense(3), new Residual({ layers: [model] })]],
    ["two places", (model) => [model, new Residual({ layers: [model] })]],
    ["two branches", (model) => [new Parallel({ branches: [[model], [new Residual({ layers: [model] })]] })]],
  ])("is as it was after a build that fails: %s", (_, around) => {
    const model = trained();
    const before = state(model);
    expect(() => new Sequential(around(model), { input: [2] })).toThrow();
    expect(state(model)).toEqual(before);
  });

  it("is as it was after a build by hand that fails, and so is the layer", () => {
    const model = trained();
    const before = state(model);
    const layer = new Residual({ layers: [model, dense(3)] });
    expect(() => layer.build([2], Context.root())).toThrow("Residual expects layers from [2]");
    expect(layer.isBuilt).toBe(false);
    expect(state(model)).toEqual(before);
  });

  it.each<readonly [string, (model: Layer) => Layer]>([
    ["Residual", (model) => new Residual({ layers: [model] })],
    ["a Residual of a Sequential", (model) => new Residual({ layers: [new Sequential([model])] })],
    ["Parallel", (model) => new Parallel({ branches: [[], [model]], merge: "add" })],
  ])("keeps its weights, and trains there: %s", (_, around) => {
    const model = trained();
    const expected = x.add(model.predict(x)).data;
    const outer = new Sequential([around(model)], { input: [2] });
    expect(outer.predict(x).data).toEqual(expected);
    expect(model.isRoot).toBe(false);
    for (const copy of [outer.clone(), modelFromBytes(modelToBytes(outer))]) {
      expect(copy.predict(x).data).toEqual(expected);
    }
    outer.compile({ loss: meanSquaredError(), optimizer: new SGD({ learningRate: 0.1 }) }).trainBatch(x, x);
    expect(outer.predict(x).data).not.toEqual(expected);
  });

  it("keeps its weights where the first batch does not fit the loss", () => {
    const model = trained();
    const { data } = model.predict(x);
    const outer = new Sequential([new Parallel({ branches: [[model]] })]);
    outer.compile({ loss: meanSquaredError(), optimizer: new SGD({ learningRate: 0.1 }) });
    expect(() => outer.trainBatch(x, Matrix.zeros(2, 5))).toThrow("targets as wide as the predictions");
    expect(outer.predict(x).data).toEqual(data);
  });

  it("has no table of its own", async () => {
    const table = await new Table({ columns: { a: numeric(), b: numeric() } }).fit([{ a: 1, b: 2 }]);
    const model = new Sequential([dense()], { table });
    const before = model.getWeights();
    expect(() => new Sequential([new Residual({ layers: [model] })], { input: [2] })).toThrow(
      "A nested model expects no `table`, but got one. Give it to the outermost model.",
    );
    expect(model.getWeights()).toEqual(before);
  });
});

it("names weights by their places where a layer is built by hand", () => {
  const layer = new Residual({ layers: [new Sequential([dense()])] });
  layer.build([2], Context.root());
  expect(layer.parameters.map(({ name }) => name)).toEqual(["0.0.weight", "0.0.bias"]);
});
