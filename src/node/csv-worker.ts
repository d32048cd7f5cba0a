import { parentPort, workerData } from "node:worker_threads";
import type { BadRow } from "./bad-rows.js";
import type { CsvOptions } from "./csv.js";
import { type NumberBlock, readNumbers } from "./csv-numbers.js";

// What runs in a thread that reads CSV. scripts/build-csv-worker.mjs makes a text of it, since that survives every bundler.

/** What the thread is started with. A function cannot be sent: "tell" stands for it. */
export interface CsvWorkerData {
  readonly path: string;
  readonly options: Omit<CsvOptions, "onBadRow"> & { readonly onBadRow?: "throw" | "skip" | "tell" };
  readonly targets: readonly string[];
  /** Rows a block. */
  readonly size: number;
  /** How many blocks may be on their way or wait to be taken. */
  readonly ahead: number;
}

/** What it says: a block, a bad row, that it has failed, or, with nothing of these, that it is done. */
export interface CsvWorkerMessage {
  readonly block?: NumberBlock;
  readonly badRow?: BadRow;
  readonly failure?: string;
}

/** Reads to the end of the file, but never further than `ahead` blocks before whoever takes them. */
async function serve(port: NonNullable<typeof parentPort>, data: CsvWorkerData): Promise<void> {
  const { path, options, targets, size, ahead } = data;
  const { onBadRow = "throw" } = options;
  let credit = ahead;
  let wake = () => {};
  port.on("message", () => {
    credit++;
    wake();
  });
  const tell = (badRow: BadRow) => port.postMessage({ badRow } satisfies CsvWorkerMessage);
  const reading = { ...options, onBadRow: onBadRow === "tell" ? tell : onBadRow };
  try {
    for await (const block of readNumbers(path, reading, targets, size)) {
      port.postMessage({ block } satisfies CsvWorkerMessage, [block.x.buffer, block.y.buffer]);
      credit--;
      while (credit === 0) {
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
    }
    port.postMessage({} satisfies CsvWorkerMessage);
  } catch (error) {
    port.postMessage({ failure: (error as Error).message } satisfies CsvWorkerMessage);
  }
}

if (parentPort !== null) void serve(parentPort, workerData as CsvWorkerData);
