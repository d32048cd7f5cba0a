import {
  chmodSync,
  existsSync,
  lstatSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import {
  type Batch,
  type Callback,
  Dense,
  type FitOptions,
  Sequential,
  SGD,
  softmaxCrossEntropy,
} from "chainrule";
import { checkpoint, saveModel } from "chainrule/node";
import { describe, expect, it } from "vitest";
import { bits, blobs, classifier, cut } from "../model/support/models.js";
import { crashAfter, emptyFolder } from "./support/interrupted.js";

const data = blobs(24);
const x = (batch: Batch) => [...batch.x.data];

/** A dataset that writes down which rows it gave, in batches of `size`. */
function watched(size: number, given: number[][]) {
  return {
    *[Symbol.iterator]() {
      for (const batch of cut(data, size)) {
        given.push(x(batch));
        yield batch;
      }
    },
  };
}

/** Trains until it crashes after some steps. */
async function crash(
  folder: string,
  steps: number,
  source: Batch | Iterable<Batch>,
  options: FitOptions = {},
) {
  const callbacks = [checkpoint(folder, { every: 1 }), ...(options.callbacks ?? []), crashAfter(steps)];
  const { model } = classifier();
  await expect(model.fit(source, { epochs: 3, ...options, callbacks })).rejects.toThrow("the power is gone");
}

describe("what is frozen", () => {
  it("is as it was when training is resumed, even if a callback changed it", async () => {
    const thaw: Callback = {
      onEpochBegin({ model, epoch }) {
        if (epoch === 1) for (const one of model.parameters) one.trainable = true;
      },
    };
    const make = () => {
      const { model } = classifier();
      model.parameters[0].trainable = false;
      return model;
    };
    const straight = make();
    await straight.fit(data, { epochs: 3, batchSize: 6, callbacks: [thaw] });
    const folder = emptyFolder();
    const first = make();
    const callbacks = () => [checkpoint(folder, { every: 1 }), thaw];
    const halt = crashAfter(6);
    await expect(
      first.fit(data, { epochs: 3, batchSize: 6, callbacks: [...callbacks(), halt] }),
    ).rejects.toThrow();
    const second = make();
    await second.fit(data, { epochs: 3, batchSize: 6, callbacks: callbacks(), resume: folder });
    expect(bits(second)).toEqual(bits(straight));
    expect(second.parameters[0].trainable).toBe(true);
  });
});

describe("an optimizer that has worked since", () => {
  it("forgets what the checkpoint does not know", async () => {
    const make = () =>
      new Sequential([new Dense({ units: 3 })], { input: [4], seed: 3 }).compile({
        loss: softmaxCrossEntropy(),
        optimizer: new SGD({ learningRate: 0.1, momentum: 0.9 }),
      });
    const unfreeze: Callback = {
      onEpochBegin({ model, epoch }) {
        model.parameters[0].trainable = epoch > 0;
      },
    };
    const folder = emptyFolder();
    const model = make();
    const save = checkpoint(folder, { every: "epoch", keep: 1 });
    await model.fit(data, { epochs: 1, batchSize: 6, callbacks: [save, unfreeze] });
    // The same model trains on, with a slot for the parameter that was frozen; then it goes back.
    await model.fit(data, { epochs: 2, initialEpoch: 1, batchSize: 6, callbacks: [unfreeze] });
    await model.fit(data, { epochs: 2, batchSize: 6, callbacks: [save, unfreeze], resume: folder });
    const straight = make();
    await straight.fit(data, { epochs: 2, batchSize: 6, callbacks: [unfreeze] });
    expect(bits(model)).toEqual(bits(straight));
  });
});

describe("data that is cut anew", () => {
  it("goes on between two epochs with the row that comes next", async () => {
    const folder = emptyFolder();
    const given: number[][] = [];
    const { model } = classifier();
    const how = { stepsPerEpoch: 2, callbacks: [checkpoint(folder)] };
    await model.fit(watched(5, []), { ...how, epochs: 1, batchSize: 5 });
    const seen: number[][] = [];
    const look: Callback = { onBatchEnd: ({ batch }) => void seen.push([batch]) };
    const second = classifier().model;
    await second.fit(watched(4, given), {
      ...{ epochs: 2, stepsPerEpoch: 2, batchSize: 4 },
      callbacks: [checkpoint(folder), look],
      resume: folder,
    });
    // 10 rows were read: two more of the third batch, then one whole.
    expect(given.flat()).toEqual(x({ x: data.x.slice(0, 16), y: data.y }));
    expect(seen).toHaveLength(2);
  });

  it("is refused within an epoch, where the rows end elsewhere", async () => {
    const folder = emptyFolder();
    await crash(folder, 3, watched(4, []));
    const { model } = classifier();
    const before = bits(model);
    await expect(
      model.fit(watched(6, []), { epochs: 3, callbacks: [checkpoint(folder)], resume: folder }),
    ).rejects.toThrow(
      "fit with `resume` expects 12 rows in 3 batches, as before, but got 2. It ends in the midst of an epoch: the data can be cut anew between two.",
    );
    expect(bits(model)).toEqual(before);
  });

  it("may come from memory first and from a stream later", async () => {
    const folder = emptyFolder();
    const { model } = classifier();
    await model.fit(data, { epochs: 1, batchSize: 6, callbacks: [checkpoint(folder)] });
    const given: number[][] = [];
    await classifier().model.fit(watched(6, given), {
      epochs: 2,
      callbacks: [checkpoint(folder)],
      resume: folder,
    });
    expect(given).toHaveLength(4);
  });

  it("is refused where it has fewer rows, with nothing changed", async () => {
    const folder = emptyFolder();
    await crash(folder, 3, watched(4, []));
    const { model } = classifier();
    const before = bits(model);
    const short = cut({ x: data.x.slice(0, 8), y: data.y.slice(0, 8) }, 4);
    await expect(
      model.fit(short, { epochs: 3, callbacks: [checkpoint(folder)], resume: folder }),
    ).rejects.toThrow("fit with `resume` expects a dataset of the 12 rows that were read before, but got 8.");
    expect(bits(model)).toEqual(before);
  });
});

describe("folders", () => {
  it("with another training's files are refused before anything is changed", async () => {
    const [a, b] = [emptyFolder(), emptyFolder()];
    await crash(a, 3, data, { batchSize: 6 });
    await classifier({ seed: 9 }).model.fit(data, { epochs: 1, callbacks: [checkpoint(b)] });
    const { model } = classifier();
    const before = bits(model);
    await expect(
      model.fit(data, { epochs: 3, batchSize: 6, callbacks: [checkpoint(b)], resume: a }),
    ).rejects.toThrow(/a folder without checkpoints, but got those of another training/);
    expect(bits(model)).toEqual(before);
  });

  it("may be two of one training, saved at different times", async () => {
    const straight = classifier().model;
    await straight.fit(data, { epochs: 4, batchSize: 6 });
    const [a, b] = [emptyFolder(), emptyFolder()];
    const callbacks = () => [checkpoint(a, { every: 3 }), checkpoint(b, { every: "epoch", best: "loss" })];
    const options = () => ({ epochs: 4, batchSize: 6, callbacks: callbacks() });
    const { model } = classifier();
    await expect(
      model.fit(data, { ...options(), callbacks: [...callbacks(), crashAfter(10)] }),
    ).rejects.toThrow();
    for (const from of [a, b]) {
      const again = classifier().model;
      await again.fit(data, { ...options(), resume: from });
      expect(bits(again)).toEqual(bits(straight));
    }
  });

  it("are the same through a link", async () => {
    const folder = emptyFolder();
    await crash(folder, 3, data, { batchSize: 6 });
    const link = join(emptyFolder(), "link");
    symlinkSync(folder, link);
    const callbacks = [checkpoint(folder)];
    await classifier().model.fit(data, { epochs: 3, batchSize: 6, callbacks, resume: link });
    expect(readdirSync(folder).length).toBeGreaterThan(0);
  });

  it("with no more than a best epoch are not begun anew", async () => {
    const folder = emptyFolder();
    await classifier().model.fit(data, { epochs: 2, callbacks: [checkpoint(folder, { best: "loss" })] });
    for (const name of readdirSync(folder)) if (name !== "best.safetensors") rmSync(join(folder, name));
    const best = readFileSync(join(folder, "best.safetensors"));
    await expect(
      classifier().model.fit(data, { callbacks: [checkpoint(folder)], resume: folder }),
    ).rejects.toThrow(/those of another training/);
    expect(readFileSync(join(folder, "best.safetensors"))).toEqual(best);
  });

  it("are asked anew after a training that failed", async () => {
    const [a, b] = [emptyFolder(), emptyFolder()];
    await crash(a, 3, data, { batchSize: 6 });
    const save = checkpoint(a);
    const fails: Callback = {
      onTrainBegin() {
        throw new Error("no");
      },
    };
    const { model } = classifier();
    await expect(model.fit(data, { batchSize: 6, callbacks: [fails, save], resume: a })).rejects.toThrow(
      "no",
    );
    await expect(model.fit(data, { callbacks: [save] })).rejects.toThrow(/those of another training/);
    expect(existsSync(b)).toBe(true);
  });

  it("may hold folders that are called like files", async () => {
    const folder = emptyFolder();
    await crash(folder, 3, data, { batchSize: 6 });
    const inner = join(folder, "step-000000999.safetensors");
    symlinkSync(emptyFolder(), join(folder, ".step-000000001.safetensors.0.tmp"));
    (await import("node:fs")).mkdirSync(inner);
    await classifier().model.fit(data, {
      epochs: 3,
      batchSize: 6,
      callbacks: [checkpoint(folder)],
      resume: folder,
    });
    expect(statSync(inner).isDirectory()).toBe(true);
  });
});

it("tries the best epoch again where it could not be saved", async () => {
  const folder = emptyFolder();
  const path = join(folder, "best.safetensors");
  const errors: unknown[] = [];
  const block: Callback = {
    onEpochBegin({ epoch }) {
      if (epoch === 0) writeFileSync(join(folder, "x"), "");
    },
    onEpochEnd({ epoch }) {
      // A folder of that name is in the way, but for the last epoch.
      if (epoch === 0) (mkdir as (path: string) => void)(path);
      if (epoch === 2) rmSync(path, { recursive: true });
    },
  };
  const { mkdirSync: mkdir } = await import("node:fs");
  const worse: Callback = {
    onEpochEnd({ logs, epoch }) {
      (logs as Record<string, number>).loss = [1, 3, 2][epoch];
    },
  };
  const callbacks = [
    block,
    worse,
    checkpoint(folder, { best: "loss", onError: (error) => errors.push(error) }),
  ];
  await classifier().model.fit(data, { epochs: 3, batchSize: 6, callbacks });
  expect(errors).toHaveLength(2);
  expect(statSync(path).isFile()).toBe(true);
});

it("hears an abort while the data is taken to its place", async () => {
  const folder = emptyFolder();
  await crash(folder, 3, watched(4, []));
  async function* stuck() {
    yield* cut({ x: data.x.slice(0, 4), y: data.y.slice(0, 4) }, 4);
    await new Promise(() => {});
  }
  const abort = new AbortController();
  setTimeout(() => abort.abort(new Error("enough")), 50);
  const callbacks = [checkpoint(folder)];
  await expect(
    classifier().model.fit(stuck(), { callbacks, resume: folder, signal: abort.signal }),
  ).rejects.toThrow("enough");
});

describe("saveModel", () => {
  it("takes the longest name that a file may have", async () => {
    const path = join(emptyFolder(), `${"n".repeat(243)}.safetensors`);
    await saveModel(classifier().model, path);
    expect(statSync(path).size).toBeGreaterThan(0);
  });

  it("writes through a link, and keeps permissions", async () => {
    const folder = emptyFolder();
    const [path, link] = [join(folder, "model"), join(folder, "link")];
    writeFileSync(path, "old");
    chmodSync(path, 0o600);
    symlinkSync("model", link);
    await saveModel(classifier().model, link);
    expect(lstatSync(link).isSymbolicLink()).toBe(true);
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(statSync(path).size).toBeGreaterThan(100);
  });
});

it("goes on where a best epoch was saved before the first step was due", async () => {
  const folder = emptyFolder();
  const save = () => checkpoint(folder, { every: 100, best: "loss" });
  const how = { epochs: 3, batchSize: 6 };
  const straight = classifier().model;
  await straight.fit(data, how);
  await expect(
    classifier().model.fit(data, { ...how, callbacks: [save(), crashAfter(6)] }),
  ).rejects.toThrow();
  const again = classifier().model;
  await again.fit(data, { ...how, callbacks: [save()], resume: folder });
  expect(bits(again)).toEqual(bits(straight));
});
