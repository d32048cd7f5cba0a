/**
 * How far models that PyTorch wrote are from PyTorch here: their outputs, the losses of ten steps of training, the outputs
 * after them, and what ONNX Runtime makes of the trained model that toOnnx sent back. `npm run check:pytorch-onnx`.
 */
import { fromOnnx, toOnnx } from "chainrule/onnx";
import { bytesOf, cases, difference, inputsOf, type PyTorchCase, trainAsThere } from "./support/pytorch.js";
import { runOnnx } from "./support/run.js";

/** Of one file: before, in and after training, and sent back. */
async function differencesOf(one: PyTorchCase): Promise<readonly number[]> {
  const model = await fromOnnx(bytesOf(one));
  const x = inputsOf(one);
  const before = difference(model.predict(x).data, one.y);
  const { losses, after } = one;
  const trained = losses === undefined ? 0 : difference(trainAsThere(model, x), losses);
  const behind = after === undefined ? 0 : difference(model.predict(x).data, after);
  const sent = await runOnnx(await toOnnx(model), x);
  return [before, trained, behind, difference(sent.data, model.predict(x).data)];
}

const digits = (value: number) => (value === 0 ? "0" : value.toExponential(1)).padStart(10);
const print = (name: string, values: readonly number[]) =>
  console.log(name.padEnd(42) + values.map(digits).join(""));

console.log(`${"".padEnd(42)}   outputs    losses     after      back`);
for (const dtype of ["float32", "float64"] as const) {
  const largest = [0, 0, 0, 0];
  for (const one of cases.filter((some) => some.dtype === dtype)) {
    const values = await differencesOf(one);
    print(one.name, values);
    for (const [i, value] of values.entries()) largest[i] = Math.max(largest[i], value);
  }
  print(`the largest in ${dtype}`, largest);
}
