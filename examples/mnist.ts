/**
 * Learns to read handwritten digits: 784 pixels → 128 hidden numbers → 10 classes.
 *
 *     npm start                 learns from all digits, in some minutes
 *     npm start -- --short      learns from a few, to see in seconds that everything works
 */
import { mkdir } from "node:fs/promises";
import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import {
  Adam,
  accuracy,
  type Batch,
  Dense,
  Dropout,
  ReLU,
  Sequential,
  Softmax,
  softmaxCrossEntropy,
} from "chainrule";
import { htmlReport, mnist, progressBar, saveModel } from "chainrule/node";
import { bars, confusionMatrix, picture, table } from "./support/draw.js";

const short = process.argv.includes("--short");
const first = ({ x, y }: Batch, rows: number): Batch => ({ x: x.slice(0, rows), y: y.slice(0, rows) });

// 1. The data: pixels from 0 to 1, and the digit that they show.
const digits = await mnist();
const train = short ? first(digits.train, 3000) : digits.train;
const test = short ? first(digits.test, 1000) : digits.test;
console.log(`${train.x.rows} digits to learn from, ${test.x.rows} to test\n`);

// 2. The model, and how it is to be trained.
const model = new Sequential(
  [new Dense({ units: 128 }), new ReLU(), new Dropout({ rate: 0.2 }), new Dense({ units: 10 })],
  { input: [784], seed: 42 },
).compile({
  loss: softmaxCrossEntropy(),
  optimizer: new Adam({ learningRate: 1e-3 }),
  metrics: [accuracy()],
});
console.log(`${model.summary()}\n`);

// 3. Training: a tenth is kept apart to see how it goes, and the test digits stay unseen until the end.
const output = fileURLToPath(new URL("./output/", import.meta.url));
await mkdir(output, { recursive: true });
const report = join(output, "report.html");
await model.fit(train, {
  epochs: short ? 3 : 5,
  batchSize: 32,
  validationSplit: 0.1,
  callbacks: [progressBar(), htmlReport(report, { title: "Handwritten digits", images: [28, 28] })],
});

// 4. A seven, and what each layer makes of it: its output y, and how strongly the loss depends on it.
const at = test.y.data.indexOf(7);
const seven = { x: test.x.row(at), y: test.y.row(at) };
console.log(`\nA seven of the test set:\n\n${picture(seven.x.data, 28)}\n`);

const percent = (share: number) => `${(100 * share).toFixed(0)} %`;
const layers = model
  .trace(seven.x, seven.y)
  .map(({ layer, output, gradient }) => [
    String(layer),
    `[${output.cols}]`,
    (-output.mul(-1).max()).toFixed(2),
    output.mean().toFixed(2),
    output.max().toFixed(2),
    percent(output.map((y) => (y === 0 ? 1 : 0)).mean()),
    Math.sqrt(gradient?.mul(gradient).sum() ?? Number.NaN).toExponential(1),
  ]);
console.log(table([["layer", "y", "least", "mean", "largest", "zeros", "‖∂L/∂y‖"], ...layers]));

const softmax = new Sequential([new Softmax()], { input: [10] });
const probabilities = softmax.predict(model.predict(seven.x));
console.log(`\nHow probable each digit is:\n\n${bars(probabilities.data)}\n`);

// 5. The test: digits that nothing above has learned from.
const found = model.predict(test.x).argmax("rows");
console.log(`${confusionMatrix(test.y, found, 10)}\n`);
const result = await model.evaluate(test);
console.log(`test accuracy: ${result.accuracy.toFixed(4)}`);

const expected = short ? 0.8 : 0.975;
if (!(result.accuracy >= expected)) throw new Error(`expected a test accuracy of at least ${expected}`);

// 6. What is left: the model as a file, which the digit page opens too (npm run page), and the report of its training.
const path = join(output, "digits.safetensors");
await saveModel(model, path);
console.log(`model: ${relative(process.cwd(), path)}`);
console.log(`report: ${relative(process.cwd(), report)}`);
