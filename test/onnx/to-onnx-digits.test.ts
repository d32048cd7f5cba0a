import { readFileSync } from "node:fs";
import {
  Adam,
  BatchNorm,
  categoricalCrossEntropy,
  Dense,
  Dropout,
  Matrix,
  ReLU,
  Sequential,
  Softmax,
} from "chainrule";
import { toOnnx } from "chainrule/onnx";
import { expect, it } from "vitest";
import { difference, runOnnx } from "./support/run.js";

it("reads digits in ONNX Runtime as the model that was trained", async () => {
  const lines = readFileSync("examples/data/digits.csv", "utf8").trim().split("\n").slice(1);
  const numbers = lines.map((line) => line.split(",").map(Number));
  const x = Matrix.from(numbers.map((row) => row.slice(0, -1)));
  const y = Matrix.from(numbers.map((row) => row.slice(-1)));
  const model = new Sequential(
    [
      new Dense({ units: 32 }),
      new BatchNorm(),
      new ReLU(),
      new Dropout({ rate: 0.2 }),
      new Dense({ units: 10 }),
      new Softmax(),
    ],
    { input: [64], seed: 1 },
  ).compile({ loss: categoricalCrossEntropy(), optimizer: new Adam({ learningRate: 0.01 }) });
  await model.fit({ x, y }, { epochs: 5 });
  const wanted = model.predict(x);
  const got = await runOnnx(await toOnnx(model), x);
  expect(difference(got, wanted)).toBeLessThan(1e-5);
  expect([...got.argmax("rows").data]).toEqual([...wanted.argmax("rows").data]);
  const right = got.argmax("rows").data.filter((digit, r) => digit === y.data[r]).length;
  expect(right / x.rows).toBeGreaterThan(0.95);
});
