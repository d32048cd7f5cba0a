/**
 * Training in a thread: the main thread stays free for requests or a user, hears how far it is, can cancel, and gets the
 * model as bytes. The same training in the main thread shows what the difference is.
 *
 *     npm run example:training-in-a-worker
 */
import { Matrix, modelFromBytes, setNumerics } from "chainrule";
import { table } from "../support/draw.js";
import { rowsOf } from "../support/rows.js";
import type { Report, Task } from "./messages.js";
import { train } from "./train.js";
import { trainInThread } from "./train-in-thread.js";

setNumerics("exact");

const epochs = process.argv.includes("--short") ? 10 : 40;

// 1. 1,400 digits to learn from, in memory that threads share, and 397 others to measure on.
const rows = (await rowsOf("digits")).map(({ digit, ...pixels }) => ({ digit, ink: Object.values(pixels) }));
const [many, others] = [rows.slice(0, 1400), rows.slice(1400)];
const shared = (numbers: readonly number[]) => {
  const memory = new Float32Array(new SharedArrayBuffer(4 * numbers.length));
  memory.set(numbers);
  return memory;
};
const task: Task = {
  pixels: shared(many.flatMap(({ ink }) => ink.map((value) => value / 16))),
  digits: shared(many.map(({ digit }) => digit)),
  epochs,
};

function rightShare(bytes: Uint8Array): string {
  const x = Matrix.from(others.map(({ ink }) => ink.map((value) => value / 16)));
  const found = modelFromBytes(bytes).predict(x).argmax("rows");
  return (others.filter(({ digit }, r) => found.at(r, 0) === digit).length / others.length).toFixed(3);
}

/** Does some work. How long did a timer of this thread, of 1 ms, mostly wait for its turn? The median. */
async function waitDuring(work: () => Promise<unknown>): Promise<string> {
  const waits: number[] = [];
  let last = performance.now();
  const timer = setInterval(() => {
    waits.push(performance.now() - last);
    last = performance.now();
  }, 1);
  await work();
  clearInterval(timer);
  return `${waits.sort((a, b) => a - b)[waits.length >> 1].toFixed(1)} ms`;
}

// 2. In a thread, with progress.
const moments = [1, 2, 5, 10, 20, 40];
const lines = [["epoch", "loss", "accuracy"]];
let bytes = new Uint8Array();
const elsewhere = await waitDuring(async () => {
  const end = await trainInThread(task, ({ epoch, loss, accuracy }) => {
    if (moments.includes(epoch)) lines.push([String(epoch), loss.toFixed(3), accuracy.toFixed(3)]);
  });
  bytes = end.bytes;
});
console.log(`${table(lines)}\n`);
console.log(
  `${bytes.length} bytes came back: of ${others.length} other digits ${rightShare(bytes)} are right.`,
);

// 3. The same in this thread.
let same = false;
const compare = (report: Report) => {
  if (report.kind === "end") same = Buffer.compare(report.bytes, bytes) === 0;
};
const here = await waitDuring(() => train(task, compare, new AbortController().signal));
console.log(`Training in the main thread gives ${same ? "the same" : "other"} bytes.\n`);
console.log(
  `A timer of 1 ms has its turn after ${elsewhere} while a thread trains, after ${here} without one.`,
);

// 4. Cancelled by who watches the progress.
const cancelling = new AbortController();
const watch = ({ epoch }: { epoch: number }) => {
  if (epoch === 3) cancelling.abort();
};
const early = await trainInThread({ ...task, epochs: 10_000 }, watch, cancelling.signal);
console.log(`Cancelled after 3 of 10,000 epochs, with a model that is right for ${rightShare(early.bytes)}.`);

if (!same) throw new Error("expected the same bytes from both threads");
if (!early.wasCancelled) throw new Error("expected the second training to be cancelled");
