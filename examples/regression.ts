/**
 * A number from a table: how far diabetes goes on in a year, by ten measures of a patient. Beside the network stand two
 * others, without which its error says nothing: who always guesses the mean, and the best linear model.
 *
 *     npm run example:regression
 */
import {
  AdamW,
  Dataset,
  Dense,
  Dropout,
  earlyStopping,
  LBFGS,
  meanSquaredError,
  oneHotCategory,
  Sequential,
  standardize,
  Table,
  Tanh,
} from "chainrule";
import { table as draw } from "./support/draw.js";
import { rowsOf } from "./support/rows.js";

const epochs = process.argv.includes("--short") ? 30 : 300;

type Rows = readonly Record<string, number>[];
const all = await rowsOf("diabetes");
const rows = await Dataset.from(all).shuffle(all.length, 1).toArray();

/** The target is standardized too: an output begins near 0, and it is a long way from there to 150. */
function tableOf(train: Rows): Promise<Table> {
  const { progression, sex, ...measures } = train[0];
  const columns = Object.fromEntries(Object.keys(measures).map((name) => [name, standardize()]));
  const target = { progression: standardize() };
  return new Table({ columns: { ...columns, sex: oneHotCategory() }, target }).fit(train);
}

/** The linear model of least squares: L-BFGS goes to the bottom of the bowl in a few steps over all rows. */
async function linear(train: Rows): Promise<Sequential> {
  const table = await tableOf(train);
  const model = new Sequential([new Dense({ units: 1 })], { table, seed: 1 });
  model.compile({ loss: meanSquaredError(), optimizer: new LBFGS() });
  const [batch] = await table.batches(train, { batchSize: train.length }).toArray();
  await model.fit(batch, { epochs: 30, batchSize: "full" });
  return model;
}

async function network(train: Rows, validation: Rows): Promise<Sequential> {
  const table = await tableOf(train);
  const layers = [new Dense({ units: 32 }), new Tanh(), new Dropout({ rate: 0.2 }), new Dense({ units: 1 })];
  const model = new Sequential(layers, { table, seed: 1 });
  model.compile({
    loss: meanSquaredError(),
    optimizer: new AdamW({ learningRate: 0.01, weightDecay: 0.1 }),
  });
  const shuffled = Dataset.from(train).shuffle(train.length, 2);
  await model.fit(table.batches(shuffled, { batchSize: 32 }), {
    epochs,
    validation: table.batches(validation),
    callbacks: [earlyStopping({ patience: 30 })],
  });
  return model;
}

/** What a model says of rows, in the units of the file. */
const predictions = (model: Sequential, rows: Rows) =>
  (model.options.table?.decode(model.predict(rows)) ?? []).map(({ progression }) => Number(progression));

const mean = (numbers: readonly number[]) => numbers.reduce((sum, n) => sum + n, 0) / numbers.length;
const error = (predictions: readonly number[], rows: Rows) =>
  mean(rows.map(({ progression }, i) => Math.abs(predictions[i] - progression)));

// Each fifth of the rows is the test once. Of the others, the network needs one part to know when to stop.
const folds = [0, 1, 2, 3, 4].map((fold) => rows.filter((_, i) => i % 5 === fold));
const lines: { readonly errors: readonly number[]; readonly patient: readonly string[] }[] = [];
for (const [k, test] of folds.entries()) {
  const [validation, ...others] = [1, 2, 3, 4].map((i) => folds[(k + i) % 5]);
  const train = others.flat();
  const guess = mean([...train, ...validation].map(({ progression }) => progression));
  const said = [
    test.map(() => guess),
    predictions(await linear([...train, ...validation]), test),
    predictions(await network(train, validation), test),
  ];
  const patient = [test[0].progression, ...said.map((numbers) => numbers[0])].map((n) => n.toFixed(0));
  lines.push({ errors: said.map((numbers) => error(numbers, test)), patient });
}

const means = [0, 1, 2].map((i) => mean(lines.map(({ errors }) => errors[i])));
const line = (name: string, errors: readonly number[]) => [name, ...errors.map((n) => n.toFixed(1))];
const folded = lines.map(({ errors }, k) => line(`fold ${k + 1}`, errors));
console.log(
  `mean absolute error\n${draw([["tested on", "mean", "linear", "network"], ...folded, line("all", means)])}`,
);
console.log(
  `\na patient of each fold\n${draw([["was", "mean", "linear", "network"], ...lines.map(({ patient }) => patient)])}`,
);

if (!(means[2] < 0.75 * means[0] && means[2] < 1.05 * means[1]))
  throw new Error(`expected an error of ${means[1]} or less, within 5 %, but got ${means[2]}`);
