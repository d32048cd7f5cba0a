/**
 * What does not look like the rest: an autoencoder learns to copy handwritten ones through a gap of four numbers. What it
 * cannot copy, it has not seen the like of. No anomaly is needed to learn from; here they are the other nine digits.
 *
 *     npm run example:autoencoder-anomalies
 */
import {
  Adam,
  confusionMatrix,
  Dataset,
  Dense,
  earlyStopping,
  Matrix,
  meanSquaredError,
  ReLU,
  rocAuc,
  Sequential,
  Sigmoid,
} from "chainrule";
import { pictures, table } from "./support/draw.js";
import { rowsOf } from "./support/rows.js";

const epochs = process.argv.includes("--short") ? 60 : 300;

// 1. Only ones are learned from. The test has ones that are new, and all digits that are none.
const all = await rowsOf("digits");
const rows = await Dataset.from(all).shuffle(all.length, 1).toArray();
const pixels = Object.keys(rows[0]).filter((name) => name !== "digit");
const matrix = (rows: readonly Record<string, number>[]) =>
  Matrix.from(rows.map((row) => pixels.map((name) => row[name] / 16)));
const ones = rows.filter(({ digit }) => digit === 1);
const [train, validation] = [matrix(ones.slice(0, 109)), matrix(ones.slice(109, 146))];
const test = [...ones.slice(146), ...rows.filter(({ digit }) => digit !== 1)];

// 2. 64 pixels → 32 → 4 → 32 → 64 pixels, and the target is the input.
const model = new Sequential(
  [
    ...[new Dense({ units: 32 }), new ReLU(), new Dense({ units: 4 })], // the encoder
    ...[new Dense({ units: 32 }), new ReLU(), new Dense({ units: 64 }), new Sigmoid()], // the decoder
  ],
  { input: [64], seed: 1 },
).compile({ loss: meanSquaredError(), optimizer: new Adam({ learningRate: 0.003 }) });
const copying = (x: Matrix) => ({ x, y: x });
await model.fit(copying(train), {
  epochs,
  batchSize: 16,
  validation: copying(validation),
  callbacks: [earlyStopping({ patience: 20 })],
});

// 3. The score is the error of the copy. The limit is such that of the validation's ones, one in twenty is above.
const squares = (difference: Matrix) => difference.mul(difference).mean("rows");
const score = (x: Matrix) => squares(model.predict(x).sub(x));
const sorted = [...score(validation).data].sort((a, b) => a - b);
const limit = sorted[Math.floor(0.95 * sorted.length)];

// 4. How good is it? Beside it stands a score without a network: the distance from the mean of all ones.
const x = matrix(test);
const isOther = Matrix.from(test.map(({ digit }) => [digit === 1 ? 0 : 1]));
const area = (scores: Matrix) => {
  const gathered = rocAuc().start("value");
  gathered.add(scores, isOther);
  return gathered.value();
};
const scores = score(x);
const areas = [area(scores), area(squares(x.sub(train.mean("cols"))))];
console.log(`ROC AUC: autoencoder ${areas[0].toFixed(3)}, distance from the mean ${areas[1].toFixed(3)}\n`);

const [[kept, alarms], [missed, found]] = confusionMatrix(scores, isOther, { threshold: limit }).toArray();
const counts = (name: string, numbers: readonly number[]) => [name, ...numbers.map(String)];
console.log(
  table([["", "kept", "reported"], counts("ones", [kept, alarms]), counts("others", [missed, found])]),
);

const [recall, falseAlarms] = [found / (missed + found), alarms / (kept + alarms)];
console.log(`\nrecall ${recall.toFixed(3)}, false alarms ${falseAlarms.toFixed(3)}`);
for (const share of [0.5, 0.1, 0.01]) {
  const precision = (share * recall) / (share * recall + (1 - share) * falseAlarms);
  console.log(`precision, where ${100 * share} % are anomalies: ${precision.toFixed(2)}`);
}

// 5. To look at: a one and a seven, each beside its copy.
const pair = matrix([test[0], ...test.filter(({ digit }) => digit === 7).slice(0, 1)]);
const copies = model.predict(pair).toArray();
const [one, seven] = [...score(pair).data].map((error) => error.toFixed(3));
const images = pair.toArray().flatMap((image, r) => [image, copies[r]]);
console.log(`\na one, its copy (error ${one}), a seven, its copy (${seven}); limit ${limit.toFixed(3)}`);
console.log(pictures(images, 8));

if (!(areas[0] > 0.98 && areas[0] > areas[1] && recall > 0.95))
  throw new Error(`expected a ROC AUC above 0.98 and a recall above 0.95, but got ${areas[0]} and ${recall}`);
