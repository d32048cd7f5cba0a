import { Matrix, meanSquaredError, SGD } from "chainrule";
import { fromTensorFlowJs, toTensorFlowJs } from "chainrule/keras";
import { expect, it } from "vitest";
import { largestDifference } from "../keras/fixtures.js";
import { models } from "./models.js";
import { normalRows, shuffleThere } from "./support.js";
import { core, loadThere, predictThere, savedThere, tfl } from "./tensorflowjs.js";

const CLOSE = 1e-5;

it.each(Object.entries(models))("reads %s, and sends it back", async (_, { make, x }) => {
  const there = make();
  shuffleThere(there);
  const theirs = predictThere(there, x);
  const model = fromTensorFlowJs(await savedThere(there));
  expect(largestDifference(model.predict(x).toArray(), theirs)).toBeLessThan(CLOSE);
  const { modelJson, weights } = toTensorFlowJs(model);
  const back = await loadThere(modelJson, weights);
  expect(largestDifference(predictThere(back, x), theirs)).toBeLessThan(CLOSE);
});

it("trains on as TensorFlow.js does", async () => {
  const { make, x } = models.dense;
  const there = make();
  shuffleThere(there);
  const model = fromTensorFlowJs(await savedThere(there));
  const y = normalRows(x.rows, model.outputSize, 3);
  there.compile({ optimizer: core.train.sgd(0.05), loss: "meanSquaredError" });
  model.compile({ loss: meanSquaredError(), optimizer: new SGD({ learningRate: 0.05 }) });
  for (let step = 0; step < 5; step++) {
    const loss = await there.trainOnBatch(core.tensor2d(x.toArray()), core.tensor2d(y.toArray()));
    expect(Math.abs(model.trainBatch(x, y) - loss)).toBeLessThan(CLOSE);
  }
  expect(largestDifference(model.predict(x).toArray(), predictThere(there, x))).toBeLessThan(CLOSE);
});

it("reads quantized weights as TensorFlow.js does", async () => {
  const { modelJson } = toTensorFlowJs(fromTensorFlowJs(await savedThere(models.small.make())));
  const [kernel, bias] = modelJson.weightsManifest[0].weights;
  const quantization = { scale: 0.013, min: -1.5, original_dtype: "float32" };
  const weightData = new ArrayBuffer(12 + 8);
  new Uint8Array(weightData, 0, 12).set([0, 1, 2, 40, 80, 100, 128, 200, 233, 254, 255, 7]);
  new Uint16Array(weightData, 12, 4).set([0, 1, 100, 200]);
  const halves = new ArrayBuffer(24 + 8);
  new Uint16Array(halves).set([
    0x3c00, 0xbc00, 1, 0x7bff, 0x3555, 0xb555, 0, 0x8000, 0x2000, 0x3800, 0x4248, 3,
  ]);
  const specs = [
    { ...kernel, quantization: { dtype: "uint8", ...quantization } },
    { ...bias, quantization: { dtype: "uint16", ...quantization } },
  ];
  const half = [kernel, bias].map((spec) => ({ ...spec, quantization: { dtype: "float16" } }));
  for (const [weightSpecs, data] of [
    [specs, weightData],
    [half, halves],
  ] as const) {
    const artifacts = { modelTopology: modelJson.modelTopology, weightSpecs, weightData: data };
    const there = await tfl.loadLayersModel(core.io.fromMemory(artifacts));
    const ours = fromTensorFlowJs(artifacts);
    const x = Matrix.from([
      [1, 0, 0],
      [0.5, -0.25, 0],
    ]);
    expect(largestDifference(ours.predict(x).toArray(), predictThere(there, x))).toBeLessThan(CLOSE);
  }
});
