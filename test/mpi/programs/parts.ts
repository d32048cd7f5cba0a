// Trains on files of which each rank reads its own. Then on all rows at once, in one step an epoch.
import { createHash } from "node:crypto";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import {
  type Dataset,
  Dense,
  Matrix,
  meanSquaredError,
  Sequential,
  SGD,
  setNumerics,
  setThreads,
  Tanh,
} from "chainrule";
import { mpi } from "chainrule/mpi";
import { csv } from "chainrule/node";

const [folder, how] = process.argv.slice(2);
const world = how === "plain" ? undefined : await mpi({ timeout: 30 });
const { rank, size } = world ?? { rank: 0, size: 1 };
setNumerics("exact");
setThreads(1);
const files = readdirSync(folder).sort();

/** The rows of the own files, so many at a time. */
const rowsOf = (batchSize: number): Dataset => ({
  async *[Symbol.asyncIterator]() {
    for (const file of files.filter((_, i) => i % size === rank)) {
      const columns = { a: "number", b: "number", y: "number" } as const;
      yield* csv(join(folder, file), { columns, target: "y", batchSize });
    }
  },
});

const x = Matrix.zeros(21, 2).map((_, r, c) => Math.cos(r + c));
const validation = { x, y: x.mul(x).sum("rows") }; // the same on every rank

async function train(batchSize: number) {
  const layers = [new Dense({ units: 6 }), new Tanh(), new Dense({ units: 1 })];
  const model = new Sequential(layers, { input: [2], seed: 5 });
  model.compile({ loss: meanSquaredError(), optimizer: new SGD({ learningRate: 0.1, momentum: 0.9 }) });
  const seen: number[] = [];
  const { loss, validationLoss } = await model.fit(rowsOf(64), {
    ...{ epochs: 2, batchSize, validation },
    ...(world && { distribute: world, ownData: true }),
    callbacks: [{ onEpochEnd: ({ rows }) => void seen.push(rows) }],
  });
  const numbers = Object.values(model.getWeights()).flatMap(({ data }) => [...data]);
  const result = { seen, loss, validationLoss, numbers };
  return { ...result, sha256: createHash("sha256").update(JSON.stringify(result)).digest("hex") };
}

const results = [await train(8), await train(256)];
for (let r = 0; r < size; r++) {
  world?.barrier();
  if (r === rank) console.log(`RESULT ${JSON.stringify(results)}`);
}
