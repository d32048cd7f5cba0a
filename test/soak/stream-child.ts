import { Dense, meanSquaredError, ReLU, Sequential, SGD } from "../../src/index.js";
import { csv } from "../../src/node/index.js";

// One pass over a CSV file by one method, for stream-memory.ts.

const [path, method, count] = process.argv.slice(2);
const rows = Number(count);
const type = "number" as const;
const data = csv(path, {
  columns: { a: type, b: type, c: type, d: type, y: type },
  target: "y",
  batchSize: 512,
});

const samples: [row: number, rss: number][] = [];
let seen = 0;
const watched = data.map((batch) => {
  const before = Math.floor((100 * seen) / rows);
  seen += batch.x.rows;
  if (Math.floor((100 * seen) / rows) > before) samples.push([seen, process.memoryUsage.rss()]);
  return batch;
});

const began = performance.now();
if (method === "reading alone") {
  for await (const _ of watched);
} else {
  const model = new Sequential([new Dense({ units: 8 }), new ReLU(), new Dense({ units: 1 })], {
    input: [4],
  });
  model.compile({ loss: meanSquaredError(), optimizer: new SGD({ learningRate: 0.01 }) });
  const batchSize = { batch: "full", "mini-batch": 32, stochastic: 1 } as const;
  await model.fit(watched, { batchSize: batchSize[method as keyof typeof batchSize] });
}
const seconds = (performance.now() - began) / 1000;
if (seen !== rows) throw new Error(`${seen} of ${rows} rows were read`);

process.send?.({
  method,
  rowsPerSecond: rows / seconds,
  slope: slopeOf(samples.slice(Math.floor(samples.length / 5))),
  peak: Math.max(...samples.map(([, rss]) => rss)),
});

/** Σ (x − x̄)(y − ȳ) / Σ (x − x̄)², the least squares' slope. */
function slopeOf(points: readonly (readonly [number, number])[]): number {
  const mean = (i: 0 | 1) => points.reduce((sum, point) => sum + point[i], 0) / points.length;
  const [x, y] = [mean(0), mean(1)];
  const covariance = points.reduce((sum, [a, b]) => sum + (a - x) * (b - y), 0);
  return covariance / points.reduce((sum, [a]) => sum + (a - x) ** 2, 0);
}
