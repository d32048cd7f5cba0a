/**
 * Classes from a table: is a tumour malignant or benign, by 30 measures of the cell nuclei in an image? From the rows of a
 * file to names of classes, with an honest look at what the model does on patients that it has never seen.
 *
 *     npm run example:tabular-classification
 */
import {
  Adam,
  accuracy,
  confusionMatrix,
  Dataset,
  Dense,
  Dropout,
  earlyStopping,
  ordinalCategory,
  ReLU,
  rocAuc,
  Sequential,
  softmaxCrossEntropy,
  standardize,
  Table,
} from "chainrule";
import { table as draw } from "./support/draw.js";
import { rowsOf } from "./support/rows.js";

const epochs = process.argv.includes("--short") ? 30 : 200;

// 1. The rows, with names for the classes, in a random order.
const measured = (await rowsOf("breast-cancer")).map(({ benign, ...measures }) => ({
  ...measures,
  diagnosis: benign === 1 ? "benign" : "malignant",
}));
type Row = (typeof measured)[number];
const rows = await Dataset.from(measured).shuffle(measured.length, 3).toArray();

// 2. A stratified split: of each class the same share goes to training, to validation and to the test.
const names = ["malignant", "benign"];
const classes = names.map((name) => rows.filter(({ diagnosis }) => diagnosis === name));
const part = (from: number, to: number) =>
  classes.flatMap((rows) => rows.slice(Math.round(from * rows.length), Math.round(to * rows.length)));
const [train, validation, test] = [part(0, 0.6), part(0.6, 0.8), part(0.8, 1)];

// 3. Rows to numbers. Means and deviations are learned from the training rows alone: the others stand for patients to come.
const measures = Object.keys(rows[0]).filter((name) => name !== "diagnosis");
const table = await new Table({
  columns: Object.fromEntries(measures.map((name) => [name, standardize()])),
  target: { diagnosis: ordinalCategory({ categories: names }) },
}).fit(train);

// 4. Training ends when the validation loss has not become less for 20 epochs, and the best weights come back.
const model = new Sequential(
  [new Dense({ units: 16 }), new ReLU(), new Dropout({ rate: 0.3 }), new Dense({ units: 2 })],
  { table, seed: 1 },
).compile({
  loss: softmaxCrossEntropy(),
  optimizer: new Adam({ learningRate: 0.003 }),
  metrics: [accuracy(), rocAuc()],
});
const shuffled = Dataset.from(train).shuffle(train.length, 4); // another order in each epoch
const { validationLoss = [] } = await model.fit(table.batches(shuffled, { batchSize: 32 }), {
  epochs,
  validation: table.batches(validation),
  callbacks: [earlyStopping({ patience: 20 })],
});
const best = validationLoss.indexOf(Math.min(...validationLoss));
console.log(`${validationLoss.length} epochs, the best was number ${best + 1}\n`);

// 5. How good is it? The test rows have had no part in anything so far.
const line = async (name: string, rows: readonly Row[]) => {
  const { loss, accuracy, rocAuc } = await model.evaluate(table.batches(rows));
  return [name, String(rows.length), loss.toFixed(2), accuracy.toFixed(3), rocAuc.toFixed(3)];
};
console.log(
  draw([
    ["", "rows", "loss", "accuracy", "ROC AUC"],
    await line("training", train),
    await line("validation", validation),
    await line("test", test),
  ]),
);

const [{ y }] = await table.batches(test, { batchSize: test.length }).toArray();
const counts = confusionMatrix(model.predict(test), y, { prediction: "logit" }).toArray();
console.log(
  `\n${draw([["is ╲ taken for", ...names], ...counts.map((row, i) => [names[i], ...row.map(String)])])}`,
);

const [patient] = test;
const [{ diagnosis }] = table.decode(model.predict(patient));
console.log(`\nThe first patient of the test: ${diagnosis}; indeed ${patient.diagnosis}.`);

// Who always says "benign" is right about 63 %.
const right = (counts[0][0] + counts[1][1]) / test.length;
if (!(right > 0.93)) throw new Error(`expected 93 % of the test to be right, but ${right} are`);
