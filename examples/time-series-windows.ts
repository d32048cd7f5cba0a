/**
 * The next days of a series: a network sees the last four weeks, and tells the week that comes. The series is made, by
 * support/visitors.ts, and so the best that anybody could do is known; the least is to say what was a week ago.
 *
 *     npm run example:time-series-windows
 */
import {
  Adam,
  Dense,
  earlyStopping,
  type Layer,
  Matrix,
  meanSquaredError,
  ReLU,
  Sequential,
} from "chainrule";
import { table } from "./support/draw.js";
import { plot } from "./support/plot.js";
import { makeVisitors } from "./support/visitors.js";

const epochs = process.argv.includes("--short") ? 40 : 200;
const [past, ahead] = [28, 7];

const { visitors, best } = makeVisitors(5 * 365);

// 1. The past is learned from, what comes after it says when to stop, and the last year is the test.
const [first, second] = [3 * 365, 4 * 365];
const learned = visitors.slice(0, first);
const mean = learned.reduce((sum, n) => sum + n, 0) / first;
const deviation = Math.sqrt(learned.reduce((sum, n) => sum + (n - mean) ** 2, 0) / first);
const scaled = visitors.map((n) => (n - mean) / deviation);

// 2. Windows: a row of 28 days, and as its target the 7 days after them, which lie in a given part of the series.
const windows = (from: number, to: number) => {
  const days = Array.from({ length: to - ahead - from + 1 }, (_, i) => from + i); // the first day of each target
  return {
    days,
    x: Matrix.from(days.map((day) => scaled.slice(day - past, day))),
    y: Matrix.from(days.map((day) => scaled.slice(day, day + ahead))),
  };
};
const train = windows(past, first);
const validation = windows(first, second);
const test = windows(second, visitors.length);

// 3. Seven outputs, a day each.
async function forecast(layers: readonly Layer[]): Promise<Matrix> {
  const model = new Sequential(layers, { input: [past], seed: 1 });
  model.compile({ loss: meanSquaredError(), optimizer: new Adam({ learningRate: 0.002 }) });
  await model.fit(
    { x: train.x, y: train.y },
    {
      epochs,
      validation: { x: validation.x, y: validation.y },
      callbacks: [earlyStopping({ patience: 20 })],
    },
  );
  return model.predict(test.x).mul(deviation).add(mean);
}
const linear = await forecast([new Dense({ units: ahead })]);
const network = await forecast([new Dense({ units: 32 }), new ReLU(), new Dense({ units: ahead })]);

// 4. How far are they from what came, on each of the seven days? Beside them, the least and the best that there is.
const sayers: Readonly<Record<string, (row: number, step: number) => number>> = {
  "as a week ago": (row, step) => visitors[test.days[row] + step - 7],
  linear: (row, step) => linear.at(row, step),
  network: (row, step) => network.at(row, step),
  "the best": (row, step) => best(test.days[row] - 1, step + 1),
};
const steps = Array.from({ length: ahead }, (_, step) => step);
const mae: Record<string, number[]> = {};
for (const [name, say] of Object.entries(sayers)) {
  mae[name] = steps.map((step) => {
    const errors = test.days.map((day, row) => Math.abs(say(row, step) - visitors[day + step]));
    return errors.reduce((sum, error) => sum + error, 0) / errors.length;
  });
}
const lines = Object.entries(mae).map(([name, errors]) => [name, ...errors.map((error) => error.toFixed(0))]);
console.log(
  `mean absolute error\n${table([["days ahead", ...steps.map((step) => String(step + 1))], ...lines])}`,
);

// 5. One of the forecasts, from a Monday at the end of June.
const row = 178;
const day = test.days[row];
const behind = new Array<number>(21).fill(Number.NaN);
const [said, came] = [steps.map((step) => network.at(row, step)), visitors.slice(day - 21, day + ahead)];
console.log("\nvisitors of four weeks (·), and what the network says of the last (o)");
console.log(plot({ "·": came, o: [...behind, ...said] }, 16, 7));

const sum = (numbers: readonly number[]) => numbers.reduce((a, b) => a + b);
if (!(sum(mae.network) < 0.85 * sum(mae["as a week ago"])))
  throw new Error(`expected errors well below those of a week ago, but got ${mae.network.join(", ")}`);
