import { fork } from "node:child_process";
import { once } from "node:events";
import { createWriteStream } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { Random } from "../../src/index.js";

// npm run soak:streams            10,000,000 rows
// npm run soak:streams -- 200000

export const methods = ["bytes alone", "rows alone", "batch", "mini-batch", "stochastic"] as const;

/** How a file is gone through; "rows kept" is what must not be: it keeps all. */
export type Method = (typeof methods)[number] | "rows kept";

/** What a training on a stream took, or reading alone. */
export interface Streamed {
  readonly method: Method;
  readonly rowsPerSecond: number;
  /** Bytes of memory a row, over the last 80 % of the rows. */
  readonly slope: number;
  /** The memory, in bytes, after 20, 40, 60, 80 and 100 % of the rows. */
  readonly along: readonly number[];
  /** The most resident memory, in bytes. */
  readonly peak: number;
}

/**
 * Goes through a CSV file of so many rows by each method, each in a process of its own, and watches its resident memory;
 * with `collected` what is left of the memory when garbage was collected.
 */
export async function streamAll(
  rows: number,
  tell: (result: Streamed) => void,
  wanted: readonly Method[] = methods,
  collected = false,
): Promise<void> {
  const place = await mkdtemp(join(tmpdir(), "streams-"));
  try {
    const path = join(place, "rows.csv");
    await writeRows(path, rows);
    for (const method of wanted) tell(await inChild(path, method, rows, collected));
  } finally {
    await rm(place, { recursive: true, force: true });
  }
}

/** Rows of four numbers and a target that depends on them. */
export async function writeRows(path: string, rows: number): Promise<void> {
  const file = createWriteStream(path);
  const random = Random.fromSeed(1);
  file.write("a,b,c,d,y\n");
  for (let start = 0; start < rows; start += 10_000) {
    let text = "";
    for (let r = start; r < Math.min(rows, start + 10_000); r++) {
      const [a, b, c, d] = [0, 1, 2, 3].map((i) => random.word(i, 0, r) / 2 ** 32);
      text += `${a.toFixed(4)},${b.toFixed(4)},${c.toFixed(4)},${d.toFixed(4)},${(a - b + c * d).toFixed(4)}\n`;
    }
    if (!file.write(text)) await once(file, "drain");
  }
  file.end();
  await once(file, "finish");
}

function inChild(path: string, method: Method, rows: number, collected: boolean): Promise<Streamed> {
  return new Promise((resolve, reject) => {
    const program = fileURLToPath(new URL("stream-child.ts", import.meta.url));
    const execArgv = ["--import", "tsx", ...(collected ? ["--expose-gc"] : [])];
    const child = fork(program, [path, method, String(rows)], { execArgv });
    child.on("message", (result) => resolve(result as Streamed));
    child.on("exit", (code) => reject(new Error(`${method} ended with ${code}`)));
  });
}
