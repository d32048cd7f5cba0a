import { catalogueFile, checkpointFile, modelFile, tableFile } from "./corpus.js";
import { Dice, joined, mutateBytes, mutateJson, mutateText, partsOf } from "./mutate.js";
import { mutateTensors } from "./mutate-tensors.js";
import { readInEveryWay } from "./read.js";

/** What many damaged files have shown. */
export interface Fuzzed {
  readonly files: number;
  /** How often each thing came of it: a result, or the beginning of an error. */
  readonly outcomes: Readonly<Record<string, number>>;
  /** What must not be: other errors, hangs, memory, changed prototypes. Each with its seed and index. */
  readonly failures: readonly string[];
  /** The most processor time for one file, in milliseconds. */
  readonly slowest: number;
  /** How far resident memory rose above that of the start, garbage that waits for its collector included, in bytes. */
  readonly memory: number;
}

/** Reads so many damaged files; each depends on the seed and its index alone. */
export async function fuzz(count: number, seed: number, first = 0): Promise<Fuzzed> {
  const corpus = [modelFile(), await checkpointFile(), await tableFile(), catalogueFile()];
  const outcomes: Record<string, number> = {};
  const failures: string[] = [];
  let [slowest, memory] = [0, 0];
  for (let i = 0; i < 200; i++) await readInEveryWay(damaged(corpus, new Dice(seed, i))); // warm
  const start = process.memoryUsage.rss();
  let before = start;
  let index = first;
  for (; index < first + count && failures.length < 20; index++) {
    const bytes = damaged(corpus, new Dice(seed, index));
    const began = performance.now();
    let outcome: string;
    try {
      outcome = await readInEveryWay(bytes);
    } catch (error) {
      outcome = "failure";
      failures.push(`seed ${seed}, file ${index}: ${(error as Error).stack}`);
    }
    let milliseconds = performance.now() - began;
    if (milliseconds > 500) milliseconds = await processorTime(bytes); // the machine may have been busy with others
    slowest = Math.max(slowest, milliseconds);
    if (milliseconds > 1000) failures.push(`seed ${seed}, file ${index}: ${milliseconds} ms`);
    if (index % 32 === 0) {
      const after = process.memoryUsage.rss();
      if (after - before > 100e6)
        failures.push(`seed ${seed}, files to ${index}: ${(after - before) / 1e6} MB`);
      memory = Math.max(memory, after - start);
      before = after;
    }
    outcomes[outcome] = (outcomes[outcome] ?? 0) + 1;
  }
  const polluted = [Object.prototype, Array.prototype, Function.prototype].some(
    (p) => Object.keys(p).length > 0,
  );
  if (polluted || "polluted" in {}) failures.push(`seed ${seed}: a prototype was changed`);
  return { files: index - first, outcomes, failures, slowest, memory };
}

async function processorTime(bytes: Uint8Array): Promise<number> {
  const began = process.cpuUsage();
  await readInEveryWay(bytes).catch(() => undefined); // it is known what came of it
  const { user, system } = process.cpuUsage(began);
  return (user + system) / 1000;
}

/** A file of the corpus with something wrong: its bytes, its header, what its header says of the model, its tensors. */
export function damaged(corpus: readonly Uint8Array[], dice: Dice): Uint8Array {
  const bytes = dice.pick(corpus);
  const kind = dice.below(12);
  if (kind < 1) return mutateBytes(bytes, dice);
  if (kind < 4) return mutateTensors(bytes, dice);
  const { header, data } = partsOf(bytes);
  if (kind < 5) return joined(mutateText(header, dice), data);
  const json = JSON.parse(header) as { __metadata__: Record<string, string> };
  if (kind < 7) return joined(JSON.stringify(mutateJson(json, dice)), data);
  const { chainrule } = json.__metadata__;
  const about =
    kind < 8 ? mutateText(chainrule, dice) : JSON.stringify(mutateJson(JSON.parse(chainrule), dice));
  return joined(JSON.stringify({ ...json, __metadata__: { ...json.__metadata__, chainrule: about } }), data);
}
