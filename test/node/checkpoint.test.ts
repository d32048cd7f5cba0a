import { chmodSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import {
  Adam,
  accuracy,
  type Callback,
  Dense,
  earlyStopping,
  type FitOptions,
  modelFromBytes,
  readSafetensors,
  Sequential,
  SGD,
  softmaxCrossEntropy,
} from "chainrule";
import { type CheckpointOptions, checkpoint, loadModel } from "chainrule/node";
import { expect, it } from "vitest";
import { bits, blobs, classifier } from "../model/support/models.js";
import { crashAfter, emptyFolder } from "./support/interrupted.js";

const data = blobs(24);

/** A training of four steps an epoch. */
function train(
  folder: string,
  how: CheckpointOptions = {},
  more: FitOptions = {},
  model = classifier().model,
) {
  const callbacks = [checkpoint(folder, how), ...(more.callbacks ?? [])];
  return model.fit(data, { epochs: 5, batchSize: 6, ...more, callbacks });
}
const steps = (folder: string) =>
  readdirSync(folder).map((name) => Number(/step-(\d+)/.exec(name)?.[1] ?? -1));

it("saves each epoch and keeps the newest three", async () => {
  const folder = emptyFolder();
  await train(folder);
  expect(steps(folder)).toEqual([12, 16, 20]);
});

it.each([
  [{ every: 3, keep: 10 }, [3, 6, 9, 12, 15, 18, 20]],
  [{ every: 7, keep: 1 }, [20]],
  [{ every: 1, keep: 2 }, [19, 20]],
] as const)("saves as %j says, and at the end", async (how, expected) => {
  const folder = emptyFolder();
  await train(folder, how);
  expect(steps(folder)).toEqual(expected);
});

it("saves where a callback ends training", async () => {
  const folder = emptyFolder();
  await train(
    folder,
    { every: 100 },
    { callbacks: [{ onEpochEnd: ({ epoch }) => (epoch === 1 ? "stop" : undefined) }] },
  );
  expect(steps(folder)).toEqual([8]);
});

it("keeps the best epoch apart", async () => {
  const folder = emptyFolder();
  const losses: number[] = [];
  const watch: Callback = { onEpochEnd: ({ logs }) => void losses.push(logs.validationLoss) };
  const all: number[][] = [];
  const spy: Callback = { onEpochEnd: ({ model }) => void all.push(bits(model)) };
  await train(
    folder,
    { best: "validationLoss", keep: 1 },
    { validation: blobs(9, "float32", "other"), callbacks: [watch, spy] },
  );
  const best = losses.indexOf(Math.min(...losses));
  expect(bits(await loadModel(join(folder, "best.safetensors")))).toEqual(all[best]);
  expect(readdirSync(folder).sort()).toEqual(["best.safetensors", "step-000000020.safetensors"]);
});

it("writes files that are models, and that other readers understand", async () => {
  const folder = emptyFolder();
  const { model } = classifier();
  await train(folder, {}, {}, model);
  const path = join(folder, "step-000000020.safetensors");
  expect(bits(await loadModel(path))).toEqual(bits(model));
  const bytes = new Uint8Array(readFileSync(path));
  expect(bits(modelFromBytes(bytes))).toEqual(bits(model));
  expect(Object.keys(readSafetensors(bytes).tensors)).toContain("training/optimizer/m/0.weight");
});

it("refuses a folder that another training has filled, and leaves it as it is", async () => {
  const folder = emptyFolder();
  await train(folder);
  const before = readdirSync(folder);
  await expect(train(folder)).rejects.toThrow(
    /^checkpoint expects a folder without checkpoints, but got those of another training in .*\. Go on with it, fit\(data, { resume: folder }\), or give another folder\.$/,
  );
  expect(readdirSync(folder)).toEqual(before);
});

it("starts anew where there is nothing to resume, and makes the folder", async () => {
  const folder = join(emptyFolder(), "a/b");
  await train(folder, {}, { resume: folder });
  expect(steps(folder)).toEqual([12, 16, 20]);
});

it("knows its folder under another name", async () => {
  const folder = emptyFolder();
  await train(folder, {}, { epochs: 2 });
  await train(folder, {}, { resume: join(folder, ".") });
  expect(steps(folder)).toEqual([12, 16, 20]);
});

it("removes what killed writes left over", async () => {
  const folder = emptyFolder();
  writeFileSync(join(folder, ".step-000000004.safetensors.4711.tmp"), "half");
  await train(folder);
  expect(steps(folder)).toEqual([12, 16, 20]);
});

const other = () => new Sequential([new Dense({ units: 3 })], { input: [4], seed: 5 });
const compiled = (model: Sequential, optimizer = new Adam() as Adam | SGD) =>
  model.compile({ loss: softmaxCrossEntropy(), optimizer, metrics: [accuracy()] });

it.each([
  [
    "another optimizer",
    () => compiled(classifier().model.clone(), new SGD({ learningRate: 0.1 })),
    {},
    /the optimizer of the checkpoint, Adam, but got SGD/,
  ],
  ["another seed", () => classifier({ seed: 6 }).model, {}, /a model of the same seed/],
  [
    "other layers",
    () => compiled(other()),
    {},
    /weights that the model has, but got "3\.weight"|\[4 × 3\] for "0\.weight"/,
  ],
  [
    "other metrics",
    () => other().compile({ loss: softmaxCrossEntropy(), optimizer: new Adam() }),
    {},
    /to measure loss, accuracy, as before, but got loss/,
  ],
  [
    "other pieces within an epoch",
    () => classifier().model,
    { batchSize: 4 },
    /24 rows, 6 a step, shuffled, but got 24 rows, 4 a step/,
  ],
] as const)("refuses %s, and changes nothing", async (_, make, options, message) => {
  const folder = emptyFolder();
  await train(folder, { every: 1 }, { callbacks: [crashAfter(5)] }).catch(() => {});
  const model = make() as ReturnType<typeof classifier>["model"];
  const before = bits(model);
  await expect(train(folder, {}, { resume: folder, ...options }, model)).rejects.toThrow(message);
  expect(bits(model)).toEqual(before);
  expect(model.context.position.step).toBe(0);
});

it("wants the callbacks that have a state", async () => {
  const folder = emptyFolder();
  await train(folder, {}, { callbacks: [earlyStopping({ monitor: "loss" })], epochs: 2 });
  await expect(train(folder, {}, { resume: folder })).rejects.toThrow(
    /the callback earlyStopping, as in the checkpoint/,
  );
});

it("says which file is damaged", async () => {
  const folder = emptyFolder();
  await train(folder);
  const path = join(folder, "step-000000020.safetensors");
  const bytes = readFileSync(path);
  writeFileSync(path, bytes.subarray(0, bytes.length - 10));
  await expect(train(folder, {}, { resume: folder })).rejects.toThrow(
    /cut off\? It is in ".*step-000000020\.safetensors"\.$/,
  );
  rmSync(path); // as the one before is whole, training goes on from there
  await train(folder, {}, { resume: folder });
  expect(steps(folder)).toEqual([12, 16, 20]);
});

it("refuses a metric that cannot be kept within an epoch, and takes it between two", async () => {
  const metric = { name: "rows" as const, start: () => ({ add: () => {}, value: () => 1 }) };
  const make = () =>
    other().compile({ loss: softmaxCrossEntropy(), optimizer: new Adam(), metrics: [metric] }) as never;
  await expect(train(emptyFolder(), { every: 1 }, {}, make())).rejects.toThrow(
    /metrics with a `state`, but got rows/,
  );
  await train(emptyFolder(), {}, {}, make());
});

it("tells of a folder that was removed; what was trained stays in the model", async () => {
  const folder = join(emptyFolder(), "inner");
  const { model } = classifier();
  const removed: Callback = {
    onEpochEnd: ({ epoch }) => void (epoch === 1 && rmSync(folder, { recursive: true })),
  };
  await expect(train(folder, {}, { callbacks: [removed] }, model)).rejects.toThrow(
    /^checkpoint expects to write \d+ bytes to ".*step-000000008\.safetensors", but got a folder that is not there \(ENOENT\)\./,
  );
  expect(model.context.position.step).toBe(8);
  expect(Number.isFinite(await model.evaluate(data).then(({ loss }) => loss))).toBe(true);
});

it("goes on without saving where `onError` takes the errors, and saves again when it can", async () => {
  const folder = join(emptyFolder(), "inner");
  const away = `${folder}-away`;
  const errors: unknown[] = [];
  const move: Callback = {
    onEpochEnd({ epoch }) {
      if (epoch === 1) renameSync(folder, away);
      if (epoch === 3) renameSync(away, folder);
    },
  };
  await train(folder, { onError: (error) => errors.push(error) }, { callbacks: [move] });
  expect(errors.map(String)).toEqual([expect.stringMatching(/ENOENT/), expect.stringMatching(/ENOENT/)]);
  expect(steps(folder)).toEqual([4, 16, 20]);
});

it("refuses a folder that is a file, or may not be written", async () => {
  const place = emptyFolder();
  writeFileSync(join(place, "file"), "");
  await expect(train(join(place, "file"))).rejects.toThrow(/a folder that it can write to, but got .*EEXIST/);
  const locked = join(place, "locked");
  mkdirSync(locked);
  chmodSync(locked, 0o500);
  if (process.getuid?.() === 0) return; // who may do everything
  await expect(train(locked)).rejects.toThrow(/no permission/);
});

it.each([
  [() => checkpoint(""), /the path of a folder/],
  [() => checkpoint("x", { evry: 1 } as never), /Did you mean "every"/],
  [() => checkpoint("x", { keep: 0 }), /`keep` to be a whole number of at least 1/],
  [() => checkpoint("x", { every: 0 }), /`every` to be a whole number of at least 1, or one of "epoch"/],
])("refuses wrong options: %s", (make, message) => expect(make).toThrow(message));

it("refuses a number to watch that nothing measures", async () => {
  const folder = join(emptyFolder(), "never");
  await expect(train(folder, { best: "validationLos" }, { validationSplit: 0.2 })).rejects.toThrow(
    /Did you mean "validationLoss"/,
  );
  expect(() => readdirSync(folder)).toThrow(/ENOENT/);
});

it("refuses `resume` without a checkpoint to read it, or with `initialEpoch`", async () => {
  const { model } = classifier();
  await expect(model.fit(data, { resume: "x" })).rejects.toThrow(/Add checkpoint\(folder\)/);
  await expect(train("x", {}, { resume: "x", initialEpoch: 1 })).rejects.toThrow(
    /`initialEpoch` or `resume`/,
  );
});
