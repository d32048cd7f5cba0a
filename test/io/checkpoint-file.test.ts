import { Matrix, readSafetensors, type TensorLike, writeSafetensors } from "chainrule";
import { beforeAll, describe, expect, it } from "vitest";
import { checkpointFromBytes, checkpointToBytes } from "../../src/io/checkpoint-file.js";
import type { Snapshot } from "../../src/model/snapshot.js";
import { checkpointFile, compiledModel } from "../fuzz/corpus.js";

let good: Uint8Array;
beforeAll(async () => {
  good = await checkpointFile();
});

interface Training {
  optimizer: Record<string, unknown>;
  callbacks: Record<string, unknown>;
  progress: Record<string, unknown> & { partial: Record<string, unknown>; place: Record<string, unknown> };
}

/** The checkpoint with something else in its JSON, and with other tensors. */
function changed(change: (training: Training) => unknown, more: Record<string, TensorLike> = {}): Uint8Array {
  const { tensors, metadata } = readSafetensors(good);
  const about = JSON.parse(metadata.chainrule);
  change(about.training);
  return writeSafetensors({ ...tensors, ...more }, { chainrule: JSON.stringify(about) });
}

const same = () => undefined;
const one = Matrix.full(1, 1, 1, "float64");

it("reads what it wrote, numbers that JSON has not included", () => {
  const snapshot = checkpointFromBytes(good);
  const strange: Snapshot = {
    ...snapshot,
    callbacks: {
      "a/b %2F": { numbers: { a: Number.NaN, b: -0, c: Number.NEGATIVE_INFINITY }, weights: { "0": one } },
    },
    progress: { ...snapshot.progress, history: { loss: [Number.POSITIVE_INFINITY], accuracy: [0.5] } },
  };
  const again = checkpointFromBytes(checkpointToBytes(compiledModel(), strange));
  expect(again.callbacks).toEqual(strange.callbacks);
  expect(again.progress).toEqual(strange.progress);
  expect(again.optimizer.scalars).toEqual(snapshot.optimizer.scalars);
  expect(Object.keys(again.optimizer.slots)).toEqual(["m", "v"]);
});

describe("a checkpoint refuses", () => {
  it.each<[string, (training: Training) => unknown, RegExp]>([
    [
      "no progress",
      (t) => Reflect.deleteProperty(t, "progress"),
      /^A checkpoint expects `progress` to be an object, but got undefined\.$/,
    ],
    [
      "another entry",
      (t) => Object.assign(t, { more: 1 }),
      /only the options optimizer, callbacks, progress, but got "more"/,
    ],
    [
      "steps that are no number",
      (t) => Object.assign(t.progress, { step: "4" }),
      /A checkpoint's progress expects `step` to be a whole number of at least 0, but got "4"/,
    ],
    [
      "a place before the data",
      (t) => Object.assign(t.progress.place, { pass: -1 }),
      /A checkpoint's place expects `pass` to be a whole number/,
    ],
    [
      "scalars that are not finite",
      (t) => Object.assign(t.optimizer, { scalars: { steps: { number: "NaN" } } }),
      /A checkpoint's optimizer expects `scalars` to be finite numbers by name/,
    ],
    [
      "numbers in words that are none",
      (t) => Object.assign(t.callbacks, { earlyStopping: { best: { number: "many" } } }),
      /`callbacks` to be objects of numbers/,
    ],
    [
      "a rate below 0",
      (t) => Object.assign(t.optimizer, { learningRate: -1 }),
      /`learningRate` to be a finite number of at least 0, but got -1/,
    ],
    [
      "sums that are not finite",
      (t) => Object.assign(t.progress.partial, { means: [1, { number: "NaN" }, 0] }),
      /`means` to be a list of finite numbers/,
    ],
    [
      "an epoch that does not fit the steps",
      (t) => Object.assign(t.progress.partial, { beganAt: 9 }),
      /^A checkpoint expects an epoch of 1 steps after 9, but got 4 in all\.$/,
    ],
    [
      "a history longer than the training",
      (t) => Object.assign(t.progress, { history: { loss: [1, 2], accuracy: [1, 2] } }),
      /^A checkpoint expects a history of at most 1 epochs, the same for each number, but got another\.$/,
    ],
    [
      "a history of different lengths",
      (t) => Object.assign(t.progress, { history: { loss: [1], accuracy: [] } }),
      /the same for each number/,
    ],
  ])("%s", (_, change, message) => {
    expect(() => checkpointFromBytes(changed(change))).toThrow(message);
  });

  it.each([
    "training/optimizer/m/9.weight",
    "training/optimizer/m",
    "training/optimizer/m/training/optimizer/m/4.bias",
    "training/callbacks/checkpoint/4.bias",
    "training/callbacks/earlyStopping",
    "training/callbacks/__proto__/4.bias",
    "training/other/m/4.bias",
    "training/",
  ])("the tensor %s, which belongs to nothing", (name) => {
    expect(() => checkpointFromBytes(changed(same, { [name]: one }))).toThrow(
      `A checkpoint expects states of its weights and callbacks, but got ${JSON.stringify(name)}.`,
    );
  });
});
