/**
 * Transfer learning: what a network has learned on many digits from 0 to 4 helps it to learn 5 to 9 from a few. The digits
 * stand anywhere in their pictures: that this does not matter is what its lower layers know, and five digits cannot teach.
 *
 *     npm run example:transfer-learning
 */
import {
  Adam,
  accuracy,
  type Batch,
  Dense,
  Dropout,
  Matrix,
  Random,
  ReLU,
  Sequential,
  setNumerics,
  softmaxCrossEntropy,
} from "chainrule";
import { table } from "./support/draw.js";
import { rowsOf } from "./support/rows.js";

setNumerics("exact"); // the same numbers on every machine

const short = process.argv.includes("--short");
const copies = short ? 5 : 20; // of each digit from 0 to 4, each at another place
const draws = short ? 1 : 4; //   of the few: luck is averaged out
const counts = short ? [5] : [5, 10, 20];

// 1. Real digits of 8 × 8 pixels, which are put at random places of 12 × 12.
const rows = (await rowsOf("digits")).map(({ digit, ...pixels }) => ({ digit, ink: Object.values(pixels) }));
type Digit = (typeof rows)[number];

const places = Random.fromSeed(1);
let drawn = 0;
const place = () => Math.floor(5 * places.uniform(drawn++));

function placed(digits: readonly Digit[], first: number): Batch {
  const x = Matrix.zeros(digits.length, 144);
  for (const [r, { ink }] of digits.entries()) {
    const [down, right] = [place(), place()];
    for (let i = 0; i < 64; i++) x.set(r, 12 * (down + (i >> 3)) + right + (i & 7), ink[i] / 16);
  }
  return { x, y: Matrix.from(digits.map(({ digit }) => [digit - first])) };
}

// 2. The first task: 0 to 4, of which there are many.
const layers = (units: number) => [new Dense({ units }), new ReLU(), new Dropout({ rate: 0.3 })];
const newBody = () => new Sequential([...layers(128), ...layers(64)]); // all but the last layer

function withHead(body: Sequential, seed: number) {
  return new Sequential([body, new Dense({ units: 5 })], { input: [144], seed });
}

/** The share of the others that is right after training. */
async function learn(model: Sequential, data: Batch, learningRate: number, epochs: number, others: Batch) {
  const optimizer = new Adam({ learningRate });
  const trained = model.compile({ loss: softmaxCrossEntropy(), optimizer, metrics: [accuracy()] });
  await trained.fit(data, { epochs });
  return (await trained.evaluate(others)).accuracy;
}

const low = rows.filter(({ digit }) => digit < 5);
const many = Array.from({ length: copies }, () => low.slice(200)).flat();
const body = newBody();
const known = await learn(withHead(body, 0), placed(many, 0), 1e-3, 8, placed(low.slice(0, 200), 0));
console.log(`0 to 4, learned from ${many.length} pictures: ${known.toFixed(3)} of 200 others are right\n`);

// 3. The second task: 5 to 9, of which there are few, and all others to measure on.
const high = rows.filter(({ digit }) => digit >= 5);
const results = counts.map((count) => ({ count, scratch: 0, moved: 0 }));
for (const result of results) {
  for (let seed = 1; seed <= draws; seed++) {
    const shuffled = Array.from(Random.fromSeed(seed).permutation(high.length), (i) => high[i]);
    const seen = [0, 0, 0, 0, 0];
    const few = shuffled.filter(({ digit }) => seen[digit - 5]++ < result.count);
    const data = placed(few, 5);
    const others = placed(
      high.filter((one) => !few.includes(one)),
      5,
    );

    const scratch = withHead(newBody(), seed);
    result.scratch += (await learn(scratch, data, 1e-3, 200, others)) / draws;

    const moved = withHead(body.clone(), seed); // the weights go along
    for (const parameter of moved.layers[0].parameters) parameter.trainable = false;
    result.moved += (await learn(moved, data, 1e-2, 200, others)) / draws;
  }
}

const head = ["5 to 9, examples of each", "from scratch", "on the frozen body"];
const cells = results.map((one) => [`${one.count}`, one.scratch.toFixed(2), one.moved.toFixed(2)]);
console.log(table([head, ...cells]));

const lost = results.find(({ scratch, moved }) => !(moved > scratch));
if (lost) throw new Error(`expected the frozen body to win, but not with ${lost.count} examples of each`);
