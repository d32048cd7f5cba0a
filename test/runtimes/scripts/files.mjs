// Trains with checkpoints, crashes, goes on, saves, loads, and reads a CSV file in a thread and without.
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  Adam,
  Dense,
  Dropout,
  Matrix,
  meanSquaredError,
  Sequential,
  setNumerics,
  standardize,
  Table,
} from "chainrule";
import { checkpoint, csv, jsonLines, loadModel, saveModel } from "chainrule/node";

setNumerics("exact");
const place = mkdtempSync(join(tmpdir(), "engine-"));
const x = Matrix.from(Array.from({ length: 20 }, (_, i) => [i / 20, (i * i) / 400]));
const y = x.map((v) => 3 * v).slice(0, 20);
const make = () =>
  new Sequential([new Dense({ units: 6 }), new Dropout({ rate: 0.2 }), new Dense({ units: 2 })], {
    input: [2],
    seed: 5,
  }).compile({
    loss: meanSquaredError(),
    optimizer: new Adam({ learningRate: 0.01 }),
  });
const numbers = (model) => model.parameters.flatMap(({ value }) => [...value.data]);

const whole = make();
await whole.fit({ x, y }, { epochs: 3, batchSize: 4 });

const folder = join(place, "checkpoints");
let crashes = 0;
let resumed;
for (;;) {
  resumed = make();
  let left = 4;
  const crash = {
    onBatchEnd() {
      if (left-- === 0) throw new Error("crash");
    },
  };
  try {
    await resumed.fit(
      { x, y },
      { epochs: 3, batchSize: 4, resume: folder, callbacks: [checkpoint(folder, { every: 1 }), crash] },
    );
    break;
  } catch (error) {
    if (error.message !== "crash") throw error;
    crashes++;
  }
}

const path = join(place, "model.safetensors");
await saveModel(whole, path);
const loaded = await loadModel(path);

writeFileSync(
  join(place, "rows.csv"),
  `a,b\n${Array.from({ length: 500 }, (_, i) => `${i},${2 * i}`).join("\n")}\n`,
);
const options = { columns: { a: "number", b: "number" }, target: "b", batchSize: 100 };
const sums = [];
for (const thread of [false, true]) {
  let sum = 0;
  for await (const batch of csv(join(place, "rows.csv"), { ...options, thread }))
    sum += batch.x.sum() + batch.y.sum();
  sums.push(sum);
}
writeFileSync(join(place, "rows.jsonl"), '{"a":1}\n{"a":3}\n');
const table = await new Table({ columns: { a: standardize() } }).fit(jsonLines(join(place, "rows.jsonl")));
rmSync(place, { recursive: true });

console.log(
  JSON.stringify({
    crashes,
    resumes: String(numbers(resumed)) === String(numbers(whole)),
    loads: String(numbers(loaded)) === String(numbers(whole)),
    sums,
    learned: table.matrix({ a: 3 }).at(0, 0),
  }),
);
