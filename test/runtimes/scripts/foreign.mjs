// Sends a model away in every format and takes it back, and reads a file of Keras.

import {
  Dense,
  loadWeights,
  Matrix,
  modelFromJSON,
  ReLU,
  Sequential,
  setNumerics,
  weightsToBytes,
} from "chainrule";
import { fromKeras, fromTensorFlowJs, toTensorFlowJs } from "chainrule/keras";
import { readNpz, toMatrix, writeNpz } from "chainrule/numpy";
import { fromOnnx, toOnnx } from "chainrule/onnx";
import { keras, x } from "./keras-file.mjs";
import { print } from "./settings.mjs";

setNumerics("exact");
const model = new Sequential([new Dense({ units: 5 }), new ReLU(), new Dense({ units: 2 })], {
  input: [3],
  seed: 3,
});
const rows = Matrix.from([[1, -2, 3]]);
const wanted = model.predict(rows);
const isSame = (other) => String(other.predict(rows).toArray()) === String(wanted.toArray());

const { modelJson, weights } = toTensorFlowJs(model);
const twin = modelFromJSON(model.toJSON());
loadWeights(twin, weightsToBytes(model, { layout: "pytorch" }), { layout: "pytorch" });
const archive = await writeNpz({ rows, wanted }, { compress: true });
const read = await readNpz(archive);

const bytes = Uint8Array.from(atob(keras), (letter) => letter.charCodeAt(0));
const predicted = (await fromKeras(bytes)).predict(Matrix.from(x));

print({
  onnx: isSame(await fromOnnx(await toOnnx(model))),
  tensorFlowJs: isSame(fromTensorFlowJs(JSON.stringify(modelJson), weights)),
  pytorch: isSame(twin),
  numpy: String(toMatrix(read.wanted).toArray()) === String(wanted.toArray()),
  keras: predicted.toArray(),
});
