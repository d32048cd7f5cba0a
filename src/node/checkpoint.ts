import { join } from "node:path";
import { describe, didYouMean, fail } from "../errors.js";
import { checkpointToBytes } from "../io/checkpoint-file.js";
import type { Callback, SafePointEvent } from "../model/callbacks.js";
import { isHigherBetter } from "../model/direction.js";
import { callable, checkOptions, either, integer, oneOf, optional, text } from "../options.js";
import { add, BEST, newestIn, prepare } from "./checkpoint-folder.js";
import { write } from "./model-files.js";
import { newestForAll } from "./shared-checkpoint.js";

export interface CheckpointOptions {
  /** How often to save: after so many steps, and at the end of training; or after each epoch. Default: "epoch". */
  every?: number | "epoch";
  /** How many of the newest to keep. Default: 3. */
  keep?: number;
  /** A number whose best epoch is kept as `best.safetensors`, such as "validationLoss". Default: none. */
  best?: string;
  /** Whether smaller or larger is better. Default: as the metric says by `higherIsBetter`; of a loss smaller. */
  mode?: "min" | "max";
  /** Told of what could not be saved; training then goes on, and the next save tries again. Default: training ends. */
  onError?: (error: unknown) => void;
}

/**
 * Saves the whole state of a training into a folder, so that `fit(data, { resume: folder, callbacks: [checkpoint(folder)] })`
 * goes on from there to the same bits as if it had never stopped. Each file, `step-000001200.safetensors`, is a model
 * file too, for `loadModel`. It is written whole or not at all, whenever the process is killed.
 * Several, each with a folder of its own, may save one training.
 * @throws ChainruleError in `fit` if the folder has checkpoints of another training, or cannot be written
 */
export function checkpoint(folder: string, options: CheckpointOptions = {}): Callback {
  if (typeof folder !== "string" || folder === "")
    fail("checkpoint", "the path of a folder", describe(folder));
  checkOptions("checkpoint", options, {
    every: optional(either(integer(1), oneOf("epoch"))),
    keep: optional(integer(1)),
    best: optional(text),
    mode: optional(oneOf("min", "max")),
    onError: optional(callable("a function")),
  });
  const { every = "epoch", keep = 3, best: monitor, mode, onError } = options;
  let larger = false;
  let best = Number.POSITIVE_INFINITY;
  const worst = () => (larger ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY);
  let isReady = false; // the folder, and to go on in it

  const isBetter = (value: number) => (larger ? value > best : value < best);
  const save = async ({ isLast, batch, step, logs, model, snapshot }: SafePointEvent) => {
    const improved = monitor !== undefined && batch === 0 && isBetter(logs[monitor]);
    const isDue = isLast || (every === "epoch" ? batch === 0 : step % every === 0);
    if (!improved && !isDue) return;
    const last = best;
    if (improved) best = logs[monitor];
    try {
      const bytes = checkpointToBytes(model, snapshot());
      await add(folder, step, bytes, keep); // first: a folder with a best epoch alone could not be gone on with
      if (improved) await write("checkpoint", join(folder, BEST), bytes);
    } catch (error) {
      best = last; // what could not be saved is still to be beaten
      throw error;
    }
  };
  return {
    name: "checkpoint",
    firstRankOnly: true,
    get state() {
      return { numbers: { best } };
    },
    set state({ numbers }) {
      best = numbers.best ?? worst();
    },
    async resume(from, collective) {
      const snapshot = await (collective === undefined ? newestIn(from) : newestForAll(from, collective));
      if (snapshot === undefined) return undefined;
      if (collective === undefined || collective.rank === 0)
        await prepare(folder, { from, at: snapshot.progress });
      isReady = true;
      return snapshot;
    },
    async onTrainBegin({ model, history }) {
      if (monitor !== undefined && !Object.hasOwn(history, monitor)) {
        const known = Object.keys(history);
        fail("checkpoint", `\`best\` to be one of ${known.join(", ")}`, monitor, didYouMean(monitor, known));
      }
      larger = monitor !== undefined && isHigherBetter("checkpoint", monitor, mode, model.metrics);
      best = worst();
      if (!isReady) await prepare(folder);
    },
    async onSafePoint(event) {
      try {
        await save(event);
      } catch (error) {
        if (onError === undefined) throw error;
        onError(error);
      }
    },
    onTrainEnd() {
      isReady = false;
    },
  };
}
