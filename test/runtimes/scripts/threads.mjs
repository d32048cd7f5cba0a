import { setThreads } from "chainrule";
import { models, train } from "./models.mjs";

/** Where src/kernels/threads/job.ts keeps a word for each thread that is 1 when it is there. */
const READY = 16;

// Whoever gives a job wakes the threads, so this is where the words of the last job are to be had.
const last = { words: undefined };
const { notify } = Atomics;
Atomics.notify = (words, ...rest) => {
  last.words = words;
  return notify(words, ...rest);
};

/** How many threads, beside the caller's, are there since the last job. */
function helpers(count) {
  if (last.words === undefined) return 0;
  return last.words.slice(READY + 1, READY + count).reduce((sum, word) => sum + word, 0);
}

/** Waits until so many threads compute, the caller's counted. Returns how many helpers there are. */
export async function withThreads(count) {
  setThreads(count);
  last.words = undefined;
  const some = models.plainSGD();
  for (let tries = 0; helpers(count) < count - 1; tries++) {
    if (tries === 500) throw new Error(`${helpers(count)} of ${count - 1} threads came`);
    await train(some, 2);
    await new Promise((resolve) => setTimeout(resolve, 5)); // the news of a thread that ended comes in a turn
  }
  return helpers(count);
}
