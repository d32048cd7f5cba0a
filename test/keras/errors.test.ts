import * as c from "chainrule";
import { type Layer, Matrix, Sequential } from "chainrule";
import { fromKeras, fromTensorFlowJs, toTensorFlowJs } from "chainrule/keras";
import { zipSync } from "fflate";
import { describe, expect, it } from "vitest";
import { kerasFile } from "./fixtures.js";

type Config = Readonly<Record<string, unknown>>;

/** A model of one layer behind an input, without weights. */
function read(
  type: string,
  config: Config,
  shape: readonly unknown[] = [null, 4],
  version = "tfjs-layers 4.22.0",
) {
  const layers = [
    { class_name: "InputLayer", config: { name: "in", batch_input_shape: shape } },
    { class_name: type, config: { name: "one", ...config } },
  ];
  const modelTopology = { class_name: "Sequential", config: { name: "s", layers }, keras_version: version };
  return fromTensorFlowJs({ modelTopology, weightsManifest: [] }, new Uint8Array());
}

describe("what cannot be expressed is named", () => {
  it.each<[string, Config, RegExp]>([
    ["Conv2D", { filters: 3 }, /Conv2D "one", expects a layer that this library has/],
    ["Dence", { units: 3 }, /Did you mean "Dense"/],
    ["Activation", { activation: "sparsemax" }, /Activation "one", expects an `activation`.*"sparsemax"/],
    ["Activation", { activation: "hard_sigmoid" }, /0\.2·x \+ 0\.5/],
    ["Activation", {}, /`activation` to be a name/],
    ["Dropout", { rate: 0.5, noise_shape: [1, 4] }, /no `noise_shape`/],
    ["Dropout", {}, /`rate` to be a number/],
    ["Dropout", { rate: 1.5 }, /`rate`/],
    ["ReLU", { max_value: 6, negative_slope: 0.1 }, /one of `max_value`, `negative_slope` and `threshold`/],
    ["Softmax", { axis: 2 }, /`axis` to be −1/],
    ["Reshape", { target_shape: [3, -1] }, /a `target_shape` of 4 numbers/],
    ["Reshape", { target_shape: [5] }, /Reshape/],
    ["Dense", { units: 3, bias_regularizer: { class_name: "L2", config: { l2: 0.1 } } }, /weights `kernel`/],
    [
      "Dense",
      { units: 3, kernel_regularizer: { class_name: "Orthogonal", config: {} } },
      /`kernel_regularizer` to be L1/,
    ],
    [
      "Dense",
      { units: 3, kernel_constraint: { class_name: "MaxNorm", config: { axis: 1 } } },
      /along axis 0/,
    ],
    ["Dense", { units: 3, activity_regularizer: "other" }, /weights/],
    ["Dense", { units: "3" }, /`units` to be a number/],
    ["Dense", { units: 3, dtype: { config: { name: "int8_from_float32" } } }, /`dtype` of floats/],
    ["LeakyReLU", { alpha: "0.3" }, /`negative_slope` to be a number/],
    ["ELU", { alpha: 1, novelty: 3 }, /ELU "one", expects no `novelty`.*3/],
  ])("%s %j", (type, config, message) => {
    expect(() => read(type, config)).toThrow(message);
  });

  it.each<[string, Config]>([
    ["Dense", { units: 3 }],
    ["Softmax", {}],
    ["BatchNormalization", {}],
    ["Embedding", { input_dim: 3, output_dim: 2 }],
  ])("%s of rows with several sides", (type, config) => {
    expect(() => read(type, config, [null, 2, 3])).toThrow(/rows of one side.*\[2 × 3\].*Flatten/);
  });

  it("Flatten of channels first, LayerNormalization along one of two sides, half a PReLU", () => {
    const image = [null, 3, 5, 5];
    expect(() => read("Flatten", { data_format: "channels_first" }, image)).toThrow(/channels last/);
    expect(() => read("LayerNormalization", { axis: -1 }, image)).toThrow(/all sides of \[3 × 5 × 5\]/);
    expect(() => read("PReLU", { shared_axes: [2, 3] }, image)).toThrow(/`shared_axes` of all sides/);
  });

  it("an input of unknown sides, or none", () => {
    expect(() => read("ReLU", {}, [null, null, 3])).toThrow(/known sides.*\[null, null, 3\]/);
    expect(() => read("ReLU", {}, [null])).toThrow(/known sides/);
    const layers = [{ class_name: "ReLU", config: {} }];
    const topology = { class_name: "Sequential", config: { layers } };
    expect(() =>
      fromTensorFlowJs({ modelTopology: topology, weightSpecs: [], weightData: new ArrayBuffer(0) }),
    ).toThrow(/the shape of its input/);
  });

  it("a hard sigmoid is read where it is ours", () => {
    expect(String(read("Activation", { activation: "hard_sigmoid" }, [null, 4], "3.15.1"))).toContain(
      "HardSigmoid",
    );
  });
});

describe("toTensorFlowJs names what TensorFlow.js has not", () => {
  it.each<[Layer, RegExp]>([
    [new c.HardSigmoid(), /HardSigmoid\(\).*0\.2·x/],
    [new c.ActivityRegularization({ l1: 0.1 }), /ActivityRegularization.*Predictions do not depend/],
    [new c.ELU({ alpha: 2 }), /`alpha` of ELU\({ alpha: 2 }\)/],
    [new c.Softplus({ beta: 2 }), /`beta` of Softplus/],
    [new c.Threshold({ value: 2 }), /`value` of Threshold/],
    [new c.HardTanh(), /`min` of HardTanh/],
    [new c.GELU({ approximate: "tanh" }), /`approximate` of GELU/],
    [new c.GLU(), /the layer of GLU\(\)/],
    [new c.RMSNorm(), /RMSNorm/],
    [new c.Residual({ layers: [new c.ReLU()] }), /Residual/],
    [new c.Dense({ units: 2, weightRegularizer: c.orthogonality() }), /orthogonality/],
    [new c.Dense({ units: 2, weightRegularizer: () => 0 }), /a bare function/],
  ])("%s", (layer, message) => {
    expect(() => toTensorFlowJs(new Sequential([layer], { input: [4] }))).toThrow(message);
  });

  it("half a frozen layer, and a model without weights", () => {
    const model = new Sequential([new c.Dense({ units: 2 })], { input: [4] });
    model.parameters[0].trainable = false;
    expect(() => toTensorFlowJs(model)).toThrow(/all of Dense\({ units: 2 }\) to be frozen/);
    expect(() => toTensorFlowJs(new Sequential([new c.ReLU()]))).toThrow(/built model/);
    expect(() => toTensorFlowJs({} as Sequential)).toThrow(/a Sequential/);
  });

  it("but a frozen γ of ones is written as a layer without scale", () => {
    const model = new Sequential([new c.BatchNorm()], { input: [4] });
    model.parameters[0].trainable = false;
    const { modelJson, weights } = toTensorFlowJs(model);
    expect(JSON.stringify(modelJson)).toContain('"scale":false');
    expect(fromTensorFlowJs(modelJson, weights).parameters[0].trainable).toBe(false);
  });
});

describe("files that do not fit", () => {
  const { modelJson, weights } = toTensorFlowJs(new Sequential([new c.Dense({ units: 2 })], { input: [3] }));
  const [{ weights: specs, paths }] = modelJson.weightsManifest;
  const withSpecs = (changed: readonly object[]) => ({
    ...modelJson,
    weightsManifest: [{ paths, weights: changed }],
  });

  it.each<[string, () => unknown, RegExp]>([
    ["too few bytes", () => fromTensorFlowJs(modelJson, weights.slice(4)), /32 bytes of weights.*28/],
    ["no bytes", () => fromTensorFlowJs(modelJson), /weights' bytes.*undefined/],
    [
      "a file that is missing",
      () => fromTensorFlowJs(modelJson, { "other.bin": weights }),
      /the file "weights\.bin".*other\.bin/,
    ],
    [
      "a weight too many",
      () => fromTensorFlowJs(withSpecs([...specs, { ...specs[1], name: "x/y" }]), new Uint8Array(40)),
      /"x\/y"/,
    ],
    ["a weight twice", () => fromTensorFlowJs(withSpecs([...specs, specs[1]]), new Uint8Array(40)), /twice/],
    [
      "another shape",
      () => fromTensorFlowJs(withSpecs([{ ...specs[0], shape: [2, 3] }, specs[1]]), weights),
      /`kernel` of \[3 × 2\]/,
    ],
    [
      "a text as numbers",
      () => fromTensorFlowJs(withSpecs([{ ...specs[0], dtype: "string" }, specs[1]]), weights),
      /dtypes/,
    ],
    ["no JSON", () => fromTensorFlowJs("{", weights), /model\.json/],
    ["no model", () => fromTensorFlowJs({}, weights), /modelTopology/],
    [
      "a graph model",
      () => fromTensorFlowJs({ ...modelJson, format: "graph-model" }, weights),
      /tfjs_layers_model/,
    ],
    [
      "an option that is none",
      () => fromTensorFlowJs(modelJson, weights, { freeze: true } as object),
      /unfreeze/,
    ],
  ])("%s", (_, act, message) => {
    expect(act).toThrow(message);
  });

  it("a functional model that is no chain", () => {
    const node = (from: string) => [[[from, 0, 0, {}]]];
    const input = {
      class_name: "InputLayer",
      name: "in",
      config: { batch_input_shape: [null, 3] },
      inbound_nodes: [],
    };
    const layer = (name: string, from: string) => {
      return { class_name: "ReLU", name, config: { name }, inbound_nodes: node(from) };
    };
    const topology = (layers: object[], output: string) => ({
      modelTopology: { class_name: "Functional", config: { layers, output_layers: [[output, 0, 0]] } },
      ...{ weightSpecs: [], weightData: new ArrayBuffer(0) },
    });
    const good = [layer("b", "a"), input, layer("a", "in")];
    expect(fromTensorFlowJs(topology(good, "b")).layers.length).toBe(2);
    expect(() => fromTensorFlowJs(topology([...good, layer("c", "a")], "b"))).toThrow(/Only chains/);
    expect(() => fromTensorFlowJs(topology(good, "a"))).toThrow(/one output/);
    expect(() => fromTensorFlowJs(topology([...good, layer("c", "d")], "b"))).toThrow(/a loop or a gap/);
  });

  it.each<[string, () => Promise<unknown>, RegExp]>([
    ["no bytes", () => fromKeras("model.keras" as never), /bytes of a file/],
    ["another file", () => fromKeras(new Uint8Array(99)), /\.keras or \.h5/],
    ["half an HDF5 file", () => fromKeras(kerasFile("chain.h5").slice(0, 4000)), /HDF5/],
    ["half a zip file", () => fromKeras(kerasFile("chain.keras").slice(0, 4000)), /zip/],
    [
      "a zip of other things",
      () => fromKeras(zipSync({ "a.txt": new Uint8Array(3) })),
      /config\.json in the file/,
    ],
    [
      "a zip bomb",
      () => fromKeras(zipSync({ "config.json": new Uint8Array(3e7) })),
      /unpacks to 30000000 bytes/,
    ],
  ])("Keras: %s", async (_, act, message) => {
    await expect(act()).rejects.toThrow(message);
  });

  it("a frozen BatchNormalization of Keras, which rests in training there", async () => {
    const modelTopology = {
      model_config: {
        class_name: "Sequential",
        config: {
          layers: [
            { class_name: "BatchNormalization", config: { trainable: false, batch_input_shape: [null, 1] } },
          ],
        },
      },
    };
    const specs = ["gamma", "beta", "moving_mean", "moving_variance"].map((name) => {
      return { name: `/${name}`, shape: [1], dtype: "float32" };
    });
    // TensorFlow.js does not let it rest.
    const model = fromTensorFlowJs({ modelTopology, weightSpecs: specs, weightData: new ArrayBuffer(16) });
    expect(model.parameters.map(({ trainable }) => trainable)).toEqual([false, false, false, false]);
    expect(model.predict(Matrix.from([[3]])).toArray()).toEqual([[0]]);
  });
});
