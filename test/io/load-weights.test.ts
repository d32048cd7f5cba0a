import {
  BatchNorm,
  ChainruleError,
  type Context,
  Dense,
  Layer,
  LayerNorm,
  loadWeights,
  Matrix,
  meanSquaredError,
  modelToBytes,
  ones,
  type Parameter,
  ReLU,
  readSafetensors,
  Sequential,
  SGD,
  type Shape,
  weightsToBytes,
  writeSafetensors,
} from "chainrule";
import { describe, expect, it } from "vitest";
import { checkpointToBytes } from "../../src/io/checkpoint-file.js";
import { cases, difference, fixture, modelOf, optionsOf, train } from "./support/torch-models.js";

describe.each(cases)("a state_dict of PyTorch: $name, $dtype", (one) => {
  const { name, dtype, outputs, trained } = one;
  const x = Matrix.from(one.x, dtype);
  const within = dtype === "float64" ? 1e-13 : 1e-6;

  it("predicts as PyTorch does", () => {
    const model = modelOf(name, dtype);
    const { loaded, missing, unexpected } = loadWeights(model, fixture(`torch-${name}`), optionsOf[name]);
    expect([loaded.length, missing, unexpected]).toEqual([model.parameters.length, [], []]);
    expect(difference(model.predict(x).toArray(), outputs)).toBeLessThan(within);
  });

  it("trains on as PyTorch does", () => {
    const model = modelOf(name, dtype);
    loadWeights(model, fixture(`torch-${name}`), optionsOf[name]);
    train(model, one, 20);
    expect(difference(model.predict(x).toArray(), trained)).toBeLessThan(10 * within);
  });

  it("goes back: the tensors of PyTorch, and the bytes that PyTorch loaded", () => {
    const model = modelOf(name, dtype);
    loadWeights(model, fixture(`torch-${name}`), optionsOf[name]);
    const [theirs, ours] = [fixture(`torch-${name}`), weightsToBytes(model, optionsOf[name])].map(
      (bytes) => readSafetensors(bytes).tensors,
    );
    expect(Object.keys(ours).sort()).toEqual(Object.keys(theirs).sort());
    for (const [key, tensor] of Object.entries(theirs)) {
      if (key.endsWith("num_batches_tracked")) expect(ours[key]).toMatchObject({ dtype: "I64", shape: [] });
      else expect(ours[key]).toEqual(tensor);
    }
    const committed = fixture(`ours-torch-${name}`); // which test/golden/state_dicts.py loads with strict=True
    loadWeights(model, committed, optionsOf[name]);
    model.context.position.step = 10;
    expect(Buffer.compare(weightsToBytes(model, optionsOf[name]), committed)).toBe(0);
  });
});

it.each(["float16", "bfloat16"] as const)("widens %s as PyTorch does", (half) => {
  const [{ x, ...one }] = cases;
  const model = modelOf("sequential", "float32");
  loadWeights(model, fixture(`torch-${half}`), optionsOf.sequential);
  expect(difference(model.predict(Matrix.from(x)).toArray(), one[half] ?? [])).toBeLessThan(1e-6);
});

it("rounds float64 to the model's float32, and widens the other way", () => {
  const model = modelOf("named", "float32");
  loadWeights(model, fixture("torch-named"), optionsOf.named);
  expect(difference(model.predict(Matrix.from(cases[1].x)).toArray(), cases[1].outputs)).toBeLessThan(1e-6);
  const wide = modelOf("sequential", "float64");
  loadWeights(wide, fixture("torch-sequential"), optionsOf.sequential);
  expect(
    difference(wide.predict(Matrix.from(cases[0].x, "float64")).toArray(), cases[0].outputs),
  ).toBeLessThan(1e-6);
});

const small = (seed = 1) =>
  new Sequential([new Dense({ units: 5 }), new ReLU(), new Dense({ units: 2 })], { input: [4], seed });
const torch = { layout: "pytorch" } as const;
const bytesOf = (names: Record<string, string>) => weightsToBytes(small(), { ...torch, names });

/** The error of a call that must not change the model. */
function refusal(model: Sequential<string>, bytes: Uint8Array, options: object = torch): string {
  const before = weightsToBytes(model);
  let message = "";
  try {
    loadWeights(model, bytes, options);
  } catch (error) {
    expect(error).toBeInstanceOf(ChainruleError);
    ({ message } = error as Error);
  }
  expect(Buffer.compare(weightsToBytes(model), before)).toBe(0);
  return message;
}

describe("in its own layout", () => {
  it("takes what it wrote, a model file and a checkpoint", async () => {
    const from = small(2).compile({
      loss: meanSquaredError(),
      optimizer: new SGD({ learningRate: 0.1, momentum: 0.9 }),
    });
    let checkpoint = new Uint8Array();
    const data = { x: Matrix.zeros(2, 4), y: Matrix.zeros(2, 2) };
    const onSafePoint = ({ snapshot }: { snapshot: () => Parameters<typeof checkpointToBytes>[1] }) => {
      checkpoint = Uint8Array.from(checkpointToBytes(from, snapshot()));
    };
    await from.fit(data, { epochs: 1, callbacks: [{ onSafePoint }] });
    for (const bytes of [weightsToBytes(from), modelToBytes(from), checkpoint]) {
      const model = small();
      loadWeights(model, bytes);
      expect(model.getWeights()).toEqual(from.getWeights());
    }
  });

  it("takes names, and asks whether a file is of PyTorch", () => {
    const bytes = weightsToBytes(small(2), { names: { 0: "a", 2: "b.c" } });
    expect(Object.keys(readSafetensors(bytes).tensors)).toEqual([
      "a.weight",
      "a.bias",
      "b.c.weight",
      "b.c.bias",
    ]);
    expect(refusal(small(), bytes, {})).toBe(
      "loadWeights expects 0.weight [4 × 5], 0.bias [1 × 5], 2.weight [5 × 2], 2.bias [1 × 2], but got a.weight [4 × 5], " +
        'a.bias [1 × 5], b.c.weight [5 × 2], b.c.bias [1 × 2]. Try { names: {"0":"a","2":"b.c"} }.',
    );
    expect(refusal(small(), bytesOf({}), {})).toBe(
      "loadWeights expects 0.weight [4 × 5], 0.bias [1 × 5], 2.weight [5 × 2], 2.bias [1 × 2], but got 0.weight [5 × 4], " +
        '0.bias [5], 2.weight [2 × 5], 2.bias [2]. Try { layout: "pytorch" }.',
    );
  });
});

describe("names", () => {
  it("are those of places, with all that is inside", () => {
    const nested = () =>
      new Sequential([new Sequential([new Dense({ units: 5 }), new ReLU()]), new Dense({ units: 2 })], {
        input: [4],
      });
    const names = { 0: "encoder.layers", 1: "head" };
    const { tensors } = readSafetensors(weightsToBytes(nested(), { ...torch, names }));
    const all = ["encoder.layers.0.weight", "encoder.layers.0.bias", "head.weight", "head.bias"];
    expect(Object.keys(tensors)).toEqual(all);
    const inner = { "": "module", "0.0": "module.fc", "1.weight": "w" };
    const others = readSafetensors(weightsToBytes(nested(), { ...torch, names: inner })).tensors;
    expect(Object.keys(others)).toEqual(["module.fc.weight", "module.fc.bias", "w", "module.1.bias"]);
    const one = new Sequential([new Dense({ units: 5 })], { input: [4] });
    expect(Object.keys(readSafetensors(weightsToBytes(one, { ...torch, names: { 0: "" } })).tensors)).toEqual(
      ["weight", "bias"],
    );
  });

  it("are refused where there are no weights, or for two tensors in one", () => {
    expect(() => weightsToBytes(small(), { names: { 1: "relu" } })).toThrow(
      '`names` of places with weights, but got "1".',
    );
    expect(() => weightsToBytes(small(), { names: { 0: "fc", 2: "fc" } })).toThrow(
      'weightsToBytes expects a name for each tensor, but got "fc.weight" twice.',
    );
    expect(() => weightsToBytes(small(), { names: { 0: 3 } } as never)).toThrow(
      "`names` to be names by place",
    );
    expect(() => weightsToBytes(small(), { layout: "torch" } as never)).toThrow(
      'one of "chainrule", "pytorch"',
    );
    expect(() => weightsToBytes(small(), { strict: false } as never)).toThrow(
      'only the options layout, names, but got "strict"',
    );
  });

  it("are suggested by the shapes, numbers in their order", () => {
    expect(refusal(small(), bytesOf({ 0: "fc9", 2: "fc10" }))).toContain(
      'Try { names: {"0":"fc9","2":"fc10"} }.',
    );
    expect(refusal(small(), bytesOf({ 0: "z", 2: "a" }))).toContain('{"0":"z","2":"a"}');
    expect(refusal(small(), bytesOf({ 0: "1", 2: "3" }))).toContain('{"0":"1","2":"3"}');
    expect(refusal(small(), bytesOf({ "": "module" }))).toContain('{"0":"module.0","2":"module.2"}');
    const other = new Sequential([new Dense({ units: 7 })], { input: [4] });
    expect(refusal(other, bytesOf({}))).toBe(
      "loadWeights expects 0.weight [7 × 4], 0.bias [7], but got 0.weight [5 × 4], 0.bias [5], 2.weight [2 × 5], 2.bias [2].",
    );
  });
});

describe("with strict: false", () => {
  const head = () =>
    new Sequential([new Dense({ units: 5 }), new ReLU(), new Dense({ units: 9 })], { input: [4] });

  it("loads what both have, and says what", () => {
    const model = head();
    const before = model.getWeights();
    const names = { 2: "head" };
    const report = loadWeights(model, bytesOf({}), { ...torch, names, strict: false });
    expect(report).toEqual({
      loaded: ["0.weight", "0.bias"],
      missing: ["head.weight", "head.bias"],
      unexpected: ["2.weight", "2.bias"],
    });
    expect(model.getWeights()["0.weight"]).toEqual(small().getWeights()["0.weight"]);
    expect(model.getWeights()["2.weight"]).toEqual(before["2.weight"]);
  });

  it("refuses other shapes, and files of which nothing fits", () => {
    expect(refusal(head(), bytesOf({}), { ...torch, strict: false })).toBe(
      "loadWeights expects 2.weight [9 × 5], 2.bias [9], but got 2.weight [2 × 5], 2.bias [2].",
    );
    expect(refusal(small(), bytesOf({ "": "m" }), { ...torch, strict: false })).toContain('"0":"m.0"');
    expect(refusal(small(), weightsToBytes(head(), torch))).toContain("expects 2.weight [2 × 5]");
  });

  it("is what an error says where the file has more", () => {
    const part = new Sequential([new Dense({ units: 5 })], { input: [4] });
    expect(refusal(part, bytesOf({ 0: "fc1", 2: "fc2" }))).toContain(
      'Try { names: {"0":"fc1"}, strict: false }.',
    );
    expect(refusal(part, bytesOf({}))).toBe(
      "loadWeights expects no others, but got 2.weight [2 × 5], 2.bias [2]. Try { strict: false }.",
    );
  });
});

it("lists a dozen tensors and no more", () => {
  const layers = Array.from({ length: 20 }, () => new Dense({ units: 3, useBias: false }));
  const message = refusal(
    new Sequential(layers, { input: [3] }),
    writeSafetensors({ x: Matrix.zeros(1, 1) }),
  );
  expect(message).toContain("11.weight [3 × 3], …, but got x [1 × 1].");
});

it("takes a file of before num_batches_tracked, and no whole numbers as weights", () => {
  const model = () => new Sequential([new BatchNorm()], { input: [3] });
  const { tensors } = readSafetensors(weightsToBytes(model(), torch));
  const { "0.num_batches_tracked": _, ...older } = tensors;
  expect(loadWeights(model(), writeSafetensors(older), torch).loaded.length).toBe(4);
  const whole = { ...tensors, "0.bias": { shape: [3], data: Int32Array.of(1, 2, 3) } };
  expect(refusal(model(), writeSafetensors(whole))).toBe(
    'loadWeights expects "0.bias" to be a matrix of floats, but got I32 [1 × 3].',
  );
});

it("has a norm of rows of several sides as PyTorch has it", () => {
  const model = new Sequential([new LayerNorm()], { input: [2, 3] });
  const bytes = weightsToBytes(model, torch);
  expect(readSafetensors(bytes).tensors["0.weight"].shape).toEqual([2, 3]);
  expect(loadWeights(model, bytes, torch).loaded).toEqual(["0.weight", "0.bias"]);
});

class Scale extends Layer {
  static override readonly type = "Scale";
  private scale: Parameter | undefined;
  override build(input: Shape, context: Context): Shape {
    this.scale = context.parameter("weight", 1, 1, { fanIn: 1, fanOut: 1 }, ones());
    return super.build(input, context);
  }
  override get parameters() {
    return this.scale === undefined ? [] : [this.scale];
  }
  forward = (x: Matrix) => x;
  backward = (dy: Matrix) => dy;
}

it("refuses a layer that PyTorch has not, and a model without weights", () => {
  const model = new Sequential([new Dense({ units: 2 }), new Scale()], { input: [2] });
  expect(() => weightsToBytes(model, torch)).toThrow(
    "weightsToBytes expects layers that PyTorch has too, but got Scale(). Use readSafetensors and setWeights.",
  );
  expect(loadWeights(model, weightsToBytes(model)).loaded).toEqual(["0.weight", "0.bias", "1.weight"]);
  const unbuilt = new Sequential([new Dense({ units: 2 })]);
  expect(() => weightsToBytes(unbuilt)).toThrow(
    "weightsToBytes expects a built Sequential, but got one without weights. Give it `input`, or a first batch.",
  );
  expect(() => loadWeights({} as never, new Uint8Array())).toThrow(
    "loadWeights expects a built Sequential, but got an object",
  );
  expect(() => loadWeights(small(), new Uint8Array(3))).toThrow(ChainruleError);
});

it("leaves what is frozen frozen, and an optimizer with its state", () => {
  const model = modelOf("sequential", "float32");
  train(model, cases[0], 2);
  model.parameters[0].trainable = false;
  loadWeights(model, fixture("torch-sequential"), torch);
  const before = model.getWeights()["0.weight"];
  train(model, cases[0], 2);
  expect(model.getWeights()["0.weight"]).toEqual(before);
});
