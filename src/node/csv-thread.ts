import { Worker } from "node:worker_threads";
import { ChainruleError } from "../errors.js";
import { reportBadRow } from "./bad-rows.js";
import type { CsvOptions } from "./csv.js";
import type { NumberBlock } from "./csv-numbers.js";
import type { CsvWorkerData, CsvWorkerMessage } from "./csv-worker.js";
import { csvWorkerSource } from "./generated/csv-worker.js";

/** As `readNumbers`, but a thread reads and parses, up to `ahead` blocks before they are taken. It ends with the reading. */
export async function* readInThread(
  path: string,
  options: CsvOptions,
  targets: readonly string[],
  size: number,
  ahead = 4,
): AsyncGenerator<NumberBlock> {
  const { onBadRow = "throw", ...others } = options;
  const sent = { ...others, onBadRow: typeof onBadRow === "function" ? ("tell" as const) : onBadRow };
  const workerData: CsvWorkerData = { path, options: sent, targets, size, ahead };
  // Without the process's own flags: its loaders and hooks would be started in the thread.
  const worker = new Worker(csvWorkerSource, { eval: true, workerData, execArgv: [] });
  const messages = inbox(worker);
  try {
    for (;;) {
      const { block, badRow, failure } = await messages.next();
      if (failure !== undefined) throw new ChainruleError(failure);
      if (badRow !== undefined) reportBadRow("csv", onBadRow, badRow);
      else if (block === undefined) return;
      else {
        worker.postMessage("more");
        yield block;
      }
    }
  } finally {
    await worker.terminate();
  }
}

/** What a thread says, in order. It keeps the process alive only while somebody waits for it. */
function inbox(worker: Worker) {
  const messages: CsvWorkerMessage[] = [];
  let wake = () => {};
  const put = (message: CsvWorkerMessage) => {
    messages.push(message);
    wake();
  };
  worker.on("message", put);
  worker.on("error", ({ message }) =>
    put({ failure: `csv expects its thread to read on, but got ${message}.` }),
  );
  worker.on("exit", (code) =>
    put({ failure: `csv expects its thread to read on, but got its end (${code}).` }),
  );
  worker.unref();
  return {
    async next(): Promise<CsvWorkerMessage> {
      if (messages.length === 0) {
        worker.ref();
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
        worker.unref();
      }
      return messages.shift() as CsvWorkerMessage;
    },
  };
}
