/**
 * What may a user like? Users and items become points, learned from ratings alone. The ratings are made: support/ratings.ts
 * draws tastes, and adds noise. So this program can say what nobody knows of real ones: how good the best could be.
 *
 *     npm run example:recommendation-embeddings
 */
import {
  Adam,
  Dense,
  Embedding,
  earlyStopping,
  Flatten,
  Lambda,
  l2,
  Matrix,
  meanSquaredError,
  normal,
  Parallel,
  Sequential,
} from "chainrule";
import { table } from "./support/draw.js";
import { items, makeRatings, truth, users } from "./support/ratings.js";

const epochs = process.argv.includes("--short") ? 20 : 60;

// 1. 12,000 ratings of 60,000 that there could be.
const { x, y } = makeRatings();
const part = (from: number, to: number) => ({ x: x.slice(from, to), y: y.slice(from, to) });
const [train, validation, test] = [part(0, 8400), part(8400, 9600), part(9600, 12000)];

// 2. Of the inputs [user, item], a column, and a point for what it holds.
const embedding = (c: number, inputDim: number, outputDim: number) => [
  new Lambda({ units: 1, forward: (x) => Matrix.zeros(x.rows, 1).map((_, r) => x.at(r, c)) }),
  new Embedding({
    ...{ inputDim, outputDim, weightInitializer: normal({ standardDeviation: 0.1 }) },
    weightRegularizer: l2({ lambda: 0.0002 }),
  }),
  new Flatten(),
];

// 3. Four tastes of the user, times those of the item; a score of the user's own, and one of the item's.
const tastes = new Parallel({
  branches: [embedding(0, users, 4), embedding(1, items, 4)],
  merge: "multiply",
});
const sides = new Parallel({ branches: [[tastes], embedding(0, users, 1), embedding(1, items, 1)] });
const model = new Sequential([sides, new Dense({ units: 1 })], { input: [2], seed: 1 }).compile({
  loss: meanSquaredError(),
  optimizer: new Adam({ learningRate: 0.01 }),
});
await model.fit(train, { epochs, batchSize: 128, validation, callbacks: [earlyStopping({ patience: 5 })] });

// 4. Four who say what a user thinks of an item, from the simplest to one who knows how the ratings were made.
const every = Matrix.zeros(users * items, 2).map((_, r, c) => (c === 0 ? Math.floor(r / items) : r % items));
const predictions = model.predict(every);
const mean = train.y.mean();
const itemMeans = Array.from({ length: items }, (_, item) => {
  const ratings = [...train.y.data].filter((_, r) => train.x.at(r, 1) === item);
  return ratings.reduce((sum, rating) => sum + rating, 0) / ratings.length;
});
type Say = (user: number, item: number) => number;
const sayers: Readonly<Record<string, Say>> = {
  "mean of all": () => mean,
  "mean of the item": (_, item) => itemMeans[item],
  embeddings: (user, item) => predictions.at(user * items + item, 0),
  "the truth": (user, item) => truth.at(user, item), // wrong by the noise alone
};

// 5. How far are they from ratings that were not learned from? And how well are five liked that they recommend?
const known = new Set(x.toArray().map(([user, item]) => user * items + item));
const recommended = (say: Say, user: number, count = items) =>
  Array.from({ length: items }, (_, item) => item)
    .filter((item) => !known.has(user * items + item))
    .sort((a, b) => say(user, b) - say(user, a))
    .slice(0, count);
const rmse: Record<string, number> = {};
const lines = Object.entries(sayers).map(([name, say]) => {
  const errors = test.y.map((rating, r) => rating - say(test.x.at(r, 0), test.x.at(r, 1)));
  rmse[name] = Math.sqrt(errors.mul(errors).mean());
  const fives = truth.toArray().map((row, user) => recommended(say, user, 5).map((item) => row[item]));
  return [name, rmse[name].toFixed(2), Matrix.from(fives).mean().toFixed(2)];
});
console.log(table([["", "RMSE", "five are liked"], ...lines]));

const user = 7;
const places = recommended(sayers["the truth"], user);
const top = recommended(sayers.embeddings, user, 5);
const row = (item: number) => [
  `item ${item}`,
  sayers.embeddings(user, item).toFixed(1),
  truth.at(user, item).toFixed(1),
  `${places.indexOf(item) + 1} of ${places.length}`,
];
console.log(
  `\n${table([[`for user ${user}`, "predicted", "in truth", "in truth its place is"], ...top.map(row)])}`,
);

if (!(rmse.embeddings < 0.65 * rmse["mean of the item"]))
  throw new Error(`expected an error far below that of the items' means, but got ${rmse.embeddings}`);
