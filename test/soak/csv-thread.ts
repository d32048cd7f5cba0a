import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Adam, Dense, meanSquaredError, ReLU, Sequential } from "../../src/index.js";
import { csv } from "../../src/node/index.js";
import { writeRows } from "./stream-memory.js";

// npx tsx test/soak/csv-thread.ts 1000000
// What a thread that parses is worth, with and without one in turn, the best of some rounds: rows a second by the clock, and
// by the processor time of the main thread alone, where Node tells it. On a busy machine the second is what can be trusted.

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
    const best = { without: [0, 0], with: [0, 0] };
    for (let round = 0; round < ROUNDS; round++) {
      for (const kind of ["without", "with"] as const) {
        const data = csv(path, { columns, target: "y", batchSize: 512, thread: kind === "with" });
        const began = times();
        if (units === 0) for await (const _ of data);
        else await model(units).fit(data, { batchSize });
        best[kind] = times().map((time, i) => Math.max(best[kind][i], rows / (time - began[i])));
      }
    }
    const [clock, processor] = [0, 1].map((i) => {
      const [a, b] = [best.without[i], best.with[i]];
      return `${Math.round(a)}k → ${Math.round(b)}k (× ${(b / a).toFixed(2)})`;
    });
    console.log(`${name.padEnd(20)}  rows/s by the clock ${clock}, by the main thread ${processor}`);
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

/** Milliseconds: of the clock, and of the processor that the main thread had. */
function times(): number[] {
  const { threadCpuUsage } = process as { threadCpuUsage?: () => { user: number; system: number } };
  const { user, system } = threadCpuUsage?.() ?? { user: Number.NaN, system: 0 };
  return [performance.now(), (user + system) / 1000];
}
