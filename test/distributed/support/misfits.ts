import { parentPort, workerData } from "node:worker_threads";
import {
  type Batch,
  Dense,
  Dropout,
  type FitOptions,
  Matrix,
  meanSquaredError,
  Sequential,
  SGD,
  setNumerics,
  setThreads,
} from "chainrule";
import { checkpoint } from "chainrule/node";
import { distribution } from "../../../src/mpi/distribution.js";
import { ThreadCollective } from "./thread-collective.js";

const {
  memory,
  rank,
  size,
  about,
  seed = 1,
  units = 4,
  options = {},
  weight,
  rows = 40,
  own,
  fault,
  folder,
  validated,
} = workerData;

/** Rows `from` to `to` of a line with a bend. */
function part(from: number, to: number): Batch {
  const x = Matrix.from(Array.from({ length: to - from }, (_, r) => [Math.sin(from + r), (from + r) / 40]));
  return { x, y: Matrix.from(x.toArray().map(([a, b]) => [a * b])) };
}

/** How many rows the metrics are shown. */
const rowsSeen = {
  name: "rowsSeen",
  start() {
    let sum = 0;
    const add = (prediction: Matrix) => {
      sum += prediction.rows;
    };
    return { add, value: () => sum, state: [] };
  },
} as const;

/** Trains, one rank in some way other than the rest. */
async function train() {
  setNumerics("exact");
  setThreads(1);
  const layers = [new Dense({ units }), new Dropout({ rate: 0.1 }), new Dense({ units: 1 })];
  const model = new Sequential(layers, { input: [2], seed });
  const optimizer = new SGD({ learningRate: 0.1, momentum: 0.9 });
  model.compile({ loss: meanSquaredError(), optimizer, metrics: [rowsSeen] });
  if (weight !== undefined) model.setWeights({ ...model.getWeights(), "2.bias": Matrix.from([[weight]]) });
  const aborts = new AbortController();
  const seen: number[] = [];
  const common: FitOptions = {
    ...{
      epochs: 2,
      batchSize: 8,
      ...options,
      distribute: distribution(new ThreadCollective(memory, rank, size, about)),
    },
    callbacks: [
      {
        async onEpochEnd({ model, logs }) {
          // What one rank looks at by itself is none of the others' business.
          if (fault === "look") seen.push(logs.validationLoss, (await model.evaluate(part(40, 57))).loss);
        },
        onBatchEnd({ model, batch, epoch, rows }) {
          seen.push(rows);
          if (fault === "trace") model.trace(part(0, 5).x, part(0, 5).y);
          if (fault === "nan" && batch === 1) model.parameters[0].value.data[0] = Number.NaN;
          if (fault === "throw" && batch === 2) throw new Error("the disk is full");
          if (fault === "abort" && batch === 2) aborts.abort();
          if (fault === "stop" && batch === 2) return "stop";
          if (fault === "crash" && epoch === 1 && batch === 1) throw new Error("killed");
        },
      },
      ...(folder ? [checkpoint(folder, { every: 1 })] : []),
    ],
    ...(folder && { resume: folder }),
    ...(validated && { validation: part(40, 57) }),
    signal: aborts.signal,
  };
  const data =
    own === undefined
      ? part(0, rows)
      : { [Symbol.iterator]: () => (own[0] < own[1] ? [part(own[0], own[1])] : [])[Symbol.iterator]() };
  const history: Readonly<Record<string, readonly number[]>> = await model.fit(data, {
    ...common,
    ...(own && { ownData: true }),
  });
  const weights = Object.values(model.getWeights()).flatMap((each) => [...each.data]);
  return { weights, seen, rows: history.rowsSeen };
}

train().then(
  (outcome) => parentPort?.postMessage({ outcome }),
  (error) => parentPort?.postMessage({ error: String(error) }),
);
