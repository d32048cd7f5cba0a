import { createInterface } from "node:readline";
import type { Answer, Job } from "../job.js";
import { markMemory, peakMemory } from "./memory.js";

/** A library that is ready to work. */
export interface Work {
  /** Name and version of the library. */
  readonly version: string;
  /** What it says of itself, such as the kernels it chose. */
  readonly note?: string;
  /** Numbers that every contender must get. Asked once, before anything is measured. */
  check(): readonly number[] | Promise<readonly number[]>;
  /** Puts the weights back, before each measurement and untimed: no contender trains to where all gradients vanish. */
  reset?(): void;
  /** Does about `amount` items, and says how many they were. */
  run(amount: number): number | Promise<number>;
}

export const job = JSON.parse(process.argv[2]) as Job;

/** Ends a contender that cannot do its work here, and says why. */
export function missing(why: string): never {
  answer({ missing: why });
  process.exit(0);
}

/** Does as it is told, a line at a time. Memory is counted from here: call it when the data is loaded. */
export async function serve(start: () => Work | Promise<Work>): Promise<void> {
  markMemory();
  const work = await start();
  const { versions } = process;
  answer({
    version: work.version,
    engine: `Node ${versions.node}`,
    ...(work.note === undefined ? {} : { note: work.note }),
  });
  let amount = 0;
  for await (const line of createInterface({ input: process.stdin })) {
    if (line === "check") answer({ check: await work.check() });
    if (line === "memory") answer({ memory: peakMemory() });
    if (line !== "measure") continue;
    amount ||= await calibrate(work);
    work.reset?.();
    const { rate } = await time(work, amount);
    amount = Math.max(1, Math.round(rate * job.seconds));
    answer({ rate });
  }
}

/** Engines that compile as they go need a while to become as fast as they will, in milliseconds. */
const WARM_UP = 800;

/** Works more and more until it takes long enough to be timed, and until it is warm. */
async function calibrate(work: Work): Promise<number> {
  const start = performance.now();
  let amount = 1;
  for (;;) {
    work.reset?.();
    const { rate, done } = await time(work, amount);
    const wanted = Math.max(1, Math.round(rate * job.seconds));
    if (wanted <= 2 * done && performance.now() - start > WARM_UP) return wanted;
    amount = Math.min(wanted, 16 * done);
  }
}

async function time(work: Work, amount: number): Promise<{ rate: number; done: number }> {
  const start = performance.now();
  const done = await work.run(amount);
  return { rate: (1000 * done) / (performance.now() - start), done };
}

function answer(line: Answer): void {
  process.stdout.write(`${JSON.stringify(line)}\n`);
}
