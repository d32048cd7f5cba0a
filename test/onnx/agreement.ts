/**
 * How far ONNX Runtime is from `predict`, layer by layer: the largest |a − b| / max(1, |b|) over 33 rows of random numbers and
 * 96 rows of numbers from −1000 to 1000. `npm run check:onnx`; with a folder behind `--`, it writes each model and what it
 * predicts there, for test/golden/onnx_check.py.
 */
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { DType, Matrix } from "chainrule";
import { toOnnx } from "chainrule/onnx";
import { type Case, examples, extremesFor, modelOf, rowsFor, variants } from "./support/cases.js";
import { difference, sessionOf } from "./support/run.js";

const [, , folder] = process.argv;
if (folder !== undefined) mkdirSync(folder, { recursive: true });

/** The numbers as texts, of which JSON has none for infinities. */
const listed = (x: Matrix) => Array.from(x.data, String);

async function differenceOf(one: Case, dtype: DType): Promise<number> {
  const model = modelOf(one, dtype);
  const bytes = await toOnnx(model);
  const session = await sessionOf(bytes);
  const differences = [];
  const kept = [];
  for (const x of [rowsFor(one, 33, dtype), extremesFor(one, dtype)]) {
    const wanted = model.predict(x);
    differences.push(difference(await session.run(x, one.input), wanted));
    kept.push({ x: listed(x), y: listed(wanted), input: [x.rows, ...one.input] });
  }
  await session.release();
  if (folder !== undefined) {
    const path = join(folder, `${one.name} ${dtype}`);
    writeFileSync(`${path}.onnx`, bytes);
    writeFileSync(`${path}.json`, JSON.stringify(kept));
  }
  return Math.max(...differences);
}

const digits = (value: number) => (value === 0 ? "0" : value.toExponential(1)).padStart(10);
console.log(`${"".padEnd(30)}   float32   float64`);
for (const one of [...examples, ...variants]) {
  const [single, double] = [await differenceOf(one, "float32"), await differenceOf(one, "float64")];
  console.log(one.name.padEnd(30) + digits(single) + digits(double));
}
