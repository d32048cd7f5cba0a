import { Dense, meanSquaredError, ReLU, Sequential, SGD } from "../../src/index.js";
import { csv } from "../../src/node/index.js";
import { readChunks } from "../../src/node/read-chunks.js";
import type { Method, Streamed } from "./stream-memory.js";

// One pass over a CSV file by one method, for stream-memory.ts.

const [path, name, count] = process.argv.slice(2);
const [method, rows] = [name as Method, Number(count)];
const type = "number" as const;
const data = csv(path, {
  columns: { a: type, b: type, c: type, d: type, y: type },
  target: "y",
  batchSize: 512,
});

const SAMPLES = globalThis.gc === undefined ? 100 : 25; // collecting takes time
const samples: [row: number, bytes: number][] = [];
let [seen, peak] = [0, 0];
const watched = data.map((batch) => {
  const before = Math.floor((SAMPLES * seen) / rows);
  seen += batch.x.rows;
  if (Math.floor((SAMPLES * seen) / rows) > before) sample();
  return batch;
});

function sample(): void {
  const resident = process.memoryUsage.rss();
  peak = Math.max(peak, resident);
  samples.push([seen, globalThis.gc === undefined ? resident : kept(globalThis.gc)]);
}

/** What cannot be collected; without the noise of resident memory, in which a short run would drown. */
function kept(collect: () => void): number {
  collect();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}

const began = performance.now();
await work();
const seconds = (performance.now() - began) / 1000;
if (method !== "bytes alone" && seen !== rows) throw new Error(`${seen} of ${rows} rows were read`);

const later = samples.slice(Math.floor(samples.length / 5));
process.send?.({
  ...{ method, rowsPerSecond: rows / seconds, slope: slopeOf(later), peak },
  along: [0, 0.25, 0.5, 0.75, 1].map((share) => later.at(Math.round(share * (later.length - 1)))?.[1] ?? 0),
} satisfies Streamed);

async function work(): Promise<void> {
  if (method === "bytes alone") {
    for await (const _ of readChunks("csv", path)) sample();
    return;
  }
  if (method === "rows alone") {
    for await (const _ of watched);
    return;
  }
  if (method === "rows kept") {
    await watched.toArray();
    return;
  }
  const model = new Sequential([new Dense({ units: 8 }), new ReLU(), new Dense({ units: 1 })], {
    input: [4],
  });
  model.compile({ loss: meanSquaredError(), optimizer: new SGD({ learningRate: 0.01 }) });
  const batchSize = { batch: "full", "mini-batch": 32, stochastic: 1 } as const;
  await model.fit(watched, { batchSize: batchSize[method] });
}

/** Σ (x − x̄)(y − ȳ) / Σ (x − x̄)², the least squares' slope. */
function slopeOf(points: readonly (readonly [number, number])[]): number {
  const mean = (i: 0 | 1) => points.reduce((sum, point) => sum + point[i], 0) / points.length;
  const [x, y] = [mean(0), mean(1)];
  const covariance = points.reduce((sum, [a, b]) => sum + (a - x) * (b - y), 0);
  return covariance / points.reduce((sum, [a]) => sum + (a - x) ** 2, 0);
}
