import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { ChainruleError, Matrix, type Sequential } from "chainrule";
import { fromKeras, fromTensorFlowJs } from "chainrule/keras";
import { unzipSync, zipSync } from "fflate";
import { expect, it } from "vitest";
import { kerasFile } from "../keras/fixtures.js";
import { Dice, mutateBytes, mutateJson, mutateText } from "./mutate.js";

const path = fileURLToPath(new URL("../fixtures/keras/tensorflowjs.json", import.meta.url));
const saved = Object.values(JSON.parse(readFileSync(path, "utf8"))) as {
  modelJson: object;
  weights: string;
}[];

/** What came of many files: how many were read, and why others were not. */
interface Outcome {
  good: number;
  readonly reasons: Set<string>;
  slowest: number;
}

const nothing = (): Outcome => ({ good: 0, reasons: new Set(), slowest: 0 });

/** Reads one, and uses what comes of it. @throws anything but a ChainruleError */
async function take(outcome: Outcome, read: () => Sequential | Promise<Sequential>): Promise<void> {
  const began = process.cpuUsage();
  try {
    const model = await read();
    if (model.inputSize <= 64) model.predict(Matrix.zeros(1, model.inputSize, model.context.dtype));
    outcome.good++;
  } catch (error) {
    if (!(error instanceof ChainruleError)) throw error;
    outcome.reasons.add(error.message.replace(/"[^"]*"|\d[\d.e+]*/g, "…").split(", but got")[0]);
  }
  const { user, system } = process.cpuUsage(began);
  outcome.slowest = Math.max(outcome.slowest, user + system);
}

function expectSound({ reasons, slowest }: Outcome, kinds: number): void {
  expect(reasons.size).toBeGreaterThan(kinds);
  expect(slowest / 1e6).toBeLessThan(5); // seconds of the processor: nothing hangs
  expect(Object.keys(Object.prototype)).toEqual([]);
  expect("polluted" in {}).toBe(false);
}

it("reads 10,000 damaged models of TensorFlow.js, or refuses them", { timeout: 120_000 }, async () => {
  const outcome = nothing();
  for (let i = 0; i < 10_000; i++) {
    const dice = new Dice(61, i);
    const { modelJson, weights } = dice.pick(saved);
    const bytes = Uint8Array.from(Buffer.from(weights, "base64"));
    const kind = dice.below(8);
    const json =
      kind < 5 ? mutateJson(structuredClone(modelJson), dice) : mutateText(JSON.stringify(modelJson), dice);
    await take(outcome, () =>
      fromTensorFlowJs(kind < 7 ? json : modelJson, kind === 7 ? mutateBytes(bytes, dice) : bytes),
    );
  }
  expect(outcome.good).toBeGreaterThan(1000);
  expectSound(outcome, 60);
});

const whole = ["chain.h5", "trained.h5", "keras2.h5", "keras2-chain.h5"].map(kerasFile);
const zipped = ["chain.keras", "trained-on.keras", "wide.keras"].map(kerasFile);

it("reads 1,000 damaged .h5 files, or refuses them", { timeout: 240_000 }, async () => {
  const outcome = nothing();
  for (let i = 0; i < 1000; i++) {
    const dice = new Dice(62, i);
    await take(outcome, () => fromKeras(mutateBytes(dice.pick(whole), dice)));
  }
  expect(outcome.good).toBeGreaterThan(100);
  expectSound(outcome, 10);
  await take(outcome, () => fromKeras(whole[0])); // what reads them is none the worse
});

it("reads 1,000 damaged .keras files, or refuses them", { timeout: 240_000 }, async () => {
  const outcome = nothing();
  for (let i = 0; i < 1000; i++) {
    const dice = new Dice(63, i);
    const file = dice.pick(zipped);
    if (dice.below(4) === 0) {
      await take(outcome, () => fromKeras(mutateBytes(file, dice)));
      continue;
    }
    const files = unzipSync(file);
    const name = dice.pick(["config.json", "config.json", "metadata.json", "model.weights.h5"]);
    const text = new TextDecoder().decode(files[name]);
    const changed = name.endsWith(".json") ? JSON.stringify(mutateJson(JSON.parse(text), dice)) : undefined;
    const bytes = changed === undefined ? mutateBytes(files[name], dice) : new TextEncoder().encode(changed);
    await take(outcome, () => fromKeras(zipSync({ ...files, [name]: bytes }, { level: dice.pick([0, 6]) })));
  }
  expect(outcome.good).toBeGreaterThan(100);
  expectSound(outcome, 10);
});
