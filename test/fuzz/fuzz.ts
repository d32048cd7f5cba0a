import {
  ChainruleError,
  Matrix,
  modelFromBytes,
  modelFromJSON,
  modelToBytes,
  readSafetensors,
  type Sequential,
} from "../../src/index.js";
import { checkpointFromBytes } from "../../src/io/checkpoint-file.js";
import { checkpointFile, compiledModel, fuzzData, modelFile, tableFile } from "./corpus.js";
import { Dice, joined, mutateBytes, mutateJson, mutateText, partsOf } from "./mutate.js";

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
  const corpus = [modelFile(), await checkpointFile(), await tableFile()];
  const outcomes: Record<string, number> = {};
  const failures: string[] = [];
  let [slowest, memory] = [0, 0];
  for (let i = 0; i < 200; i++) await once(damaged(corpus, new Dice(seed, i))); // warm
  const start = process.memoryUsage.rss();
  let before = start;
  let index = first;
  for (; index < first + count && failures.length < 20; index++) {
    const bytes = damaged(corpus, new Dice(seed, index));
    const began = performance.now();
    let outcome: string;
    try {
      outcome = await once(bytes);
    } catch (error) {
      outcome = "failure";
      failures.push(`seed ${seed}, file ${index}: ${(error as Error).stack}`);
    }
    let milliseconds = performance.now() - began;
    if (milliseconds > 500) milliseconds = await processorTime(bytes); // the machine may have been busy with others
    slowest = Math.max(slowest, milliseconds);
    if (milliseconds > 1000) failures.push(`seed ${seed}, file ${index}: ${milliseconds} ms`);
    if (index % 8 === 0) {
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
  await once(bytes).catch(() => undefined); // it is known what came of it
  const { user, system } = process.cpuUsage(began);
  return (user + system) / 1000;
}

/** A file of the corpus with something wrong: its bytes, its header, or what its header says of the model. */
export function damaged(corpus: readonly Uint8Array[], dice: Dice): Uint8Array {
  const bytes = dice.pick(corpus);
  const kind = dice.below(8);
  if (kind < 2) return mutateBytes(bytes, dice);
  const { header, data } = partsOf(bytes);
  if (kind < 4) return joined(mutateText(header, dice), data);
  const json = JSON.parse(header) as { __metadata__: Record<string, string> };
  if (kind === 4) return joined(JSON.stringify(mutateJson(json, dice)), data);
  const { chainrule } = json.__metadata__;
  const about =
    kind === 5 ? mutateText(chainrule, dice) : JSON.stringify(mutateJson(JSON.parse(chainrule), dice));
  return joined(JSON.stringify({ ...json, __metadata__: { ...json.__metadata__, chainrule: about } }), data);
}

/** Reads a file in every way, and says what came of it. @throws anything but a ChainruleError */
async function once(bytes: Uint8Array): Promise<string> {
  const file = attempt(() => readSafetensors(bytes));
  if (typeof file === "string") return file;
  const model = attempt(() => modelFromBytes(bytes));
  if (typeof model !== "string") use(model);
  const about = file.metadata.chainrule ?? "";
  // Without values of a file beside it, JSON may ask for as much memory as it likes.
  if (!/\d{4}|e\d/i.test(about))
    attempt(() => modelFromJSON((JSON.parse(about) as { model: unknown } | null)?.model), true);
  const snapshot = attempt(() => checkpointFromBytes(bytes));
  if (typeof snapshot === "string") return typeof model === "string" ? model : "a model";
  const target = compiledModel();
  const before = numbersOf(target);
  let begun = false;
  const begin = () => {
    begun = true;
  };
  const stopping = { name: "earlyStopping", state: undefined };
  const resuming = { resume: async () => snapshot, onTrainBegin: begin, onEpochBegin: begin };
  try {
    await target.fit(fuzzData, { epochs: 2, batchSize: 2, resume: "-", callbacks: [stopping, resuming] });
    return "a training";
  } catch (error) {
    if (!(error instanceof ChainruleError)) throw error;
    if (!begun && String(numbersOf(target)) !== String(before))
      throw new Error(`a model that was changed by half: ${error.message}`);
    return beginning(error);
  }
}

const numbersOf = (model: Sequential<string>): number[] =>
  model.parameters.flatMap(({ value }) => [...value.data]);

/** A model that was read has to work. */
function use(model: Sequential): void {
  if (model.inputSize <= 64) model.predict(Matrix.zeros(1, model.inputSize, model.context.dtype));
  const bytes = modelToBytes(model);
  if (Buffer.compare(modelToBytes(modelFromBytes(bytes)), bytes) !== 0)
    throw new Error("a model that does not come back");
}

/** What some reading gives, or, where it is refused, the beginning of the error. */
function attempt<T>(read: () => T, syntaxToo = false): T | string {
  try {
    return read();
  } catch (error) {
    if (error instanceof ChainruleError || (syntaxToo && error instanceof SyntaxError))
      return beginning(error);
    throw error;
  }
}

const beginning = ({ message }: Error): string =>
  message
    .replace(/"[^"]*"|\d[\d.e+]*/g, "…")
    .split(/, but got|\. /)[0]
    .slice(0, 90);
