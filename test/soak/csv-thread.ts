import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Adam, Dense, meanSquaredError, ReLU, Sequential } from "../../src/index.js";
import { csv } from "../../src/node/index.js";
import { writeRows } from "./stream-memory.js";

// npx tsx test/soak/csv-thread.ts 1000000
// What a thread that parses is worth: rows a second with and without one, in turn, the best of some rounds.

const ROUNDS = 3;
const rows = Number(process.argv[2] ?? 1_000_000);
const type = "number" as const;
const columns = { a: type, b: type, c: type, d: type, y: type };

const works: readonly { name: string; units: number; batchSize: "full" | number }[] = [
  { name: "reading alone", units: 0, batchSize: 512 },
  { name: "4-8-1, batch", units: 8, batchSize: "full" },
  { name: "4-8-1, 32", units: 8, batchSize: 32 },
  { name: "4-8-1, one at a time", units: 8, batchSize: 1 },
  { name: "4-64-64-1, 32", units: 64, batchSize: 32 },
];

const place = await mkdtemp(join(tmpdir(), "csv-thread-"));
try {
  const path = join(place, "rows.csv");
  await writeRows(path, rows);
  for (const { name, units, batchSize } of works) {
    const best = { without: 0, with: 0 };
    for (let round = 0; round < ROUNDS; round++) {
      for (const kind of ["without", "with"] as const) {
        const data = csv(path, { columns, target: "y", batchSize: 512, thread: kind === "with" });
        const began = performance.now();
        if (units === 0) for await (const _ of data);
        else await model(units).fit(data, { batchSize });
        best[kind] = Math.max(best[kind], rows / (performance.now() - began));
      }
    }
    const gain = (best.with / best.without).toFixed(2);
    console.log(
      `${name.padEnd(22)} ${Math.round(best.without)}k rows/s, with a thread ${Math.round(best.with)}k, × ${gain}`,
    );
  }
} finally {
  await rm(place, { recursive: true, force: true });
}

function model(units: number): Sequential<string> {
  const hidden =
    units === 8
      ? [new Dense({ units }), new ReLU()]
      : [1, 2].flatMap(() => [new Dense({ units }), new ReLU()]);
  return new Sequential([...hidden, new Dense({ units: 1 })], { input: [4] }).compile({
    loss: meanSquaredError(),
    optimizer: new Adam({ learningRate: 0.001 }),
  });
}
