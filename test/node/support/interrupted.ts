import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Batch, Callback, Dataset, FitOptions, Sequential } from "chainrule";
import { type CheckpointOptions, checkpoint } from "chainrule/node";
import { onTestFinished } from "vitest";
import { bits } from "../../model/support/models.js";

/** A training from its start: new model, new data, new callbacks. */
export interface Scenario {
  readonly model: () => Sequential<string>;
  readonly data: () => Batch | Dataset;
  readonly options: () => FitOptions;
}

/** An empty folder that is gone after the test. */
export function emptyFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "checkpoints-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

class Crash extends Error {}

/** Ends a training in its tracks after so many steps. */
export function crashAfter(steps: number): Callback {
  let left = steps;
  return {
    onBatchEnd() {
      if (left-- === 0) throw new Crash("the power is gone");
    },
  };
}

/** All weights and all that was measured, at the end of a training that nothing interrupts. */
export async function straight({ model, data, options }: Scenario) {
  const one = model();
  const history = await one.fit(data(), options());
  return { weights: bits(one), history };
}

/** The same where the training crashes after every `steps` steps, and a new process goes on. */
export async function inPieces(scenario: Scenario, steps: number, how: CheckpointOptions = { every: 1 }) {
  const folder = emptyFolder();
  for (let crashes = 0; crashes < 500; crashes++) {
    const one = scenario.model();
    const options = scenario.options();
    const callbacks = [checkpoint(folder, how), ...(options.callbacks ?? []), crashAfter(steps)];
    try {
      const history = await one.fit(scenario.data(), { ...options, callbacks, resume: folder });
      return { weights: bits(one), history, crashes };
    } catch (error) {
      if (!(error instanceof Crash)) throw error;
    }
  }
  throw new Error("The training makes no progress.");
}
