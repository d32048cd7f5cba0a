import {
  Adam,
  accuracy,
  type Batch,
  BatchNorm,
  calibrationCurve,
  constant,
  Dense,
  doctor,
  Embedding,
  Flatten,
  gaussianNLL,
  HardSigmoid,
  HardTanh,
  Identity,
  type Layer,
  learningRateRange,
  lossOf,
  Matrix,
  meanSquaredError,
  Parallel,
  type ParameterGroup,
  permutationImportance,
  ReLU,
  Reshape,
  Sequential,
  SGD,
  Sigmoid,
  Softplus,
  softmaxCrossEntropy,
  Threshold,
  zeros,
} from "chainrule";
import { describe, expect, it } from "vitest";
import { bits, blobs, classifier } from "../model/support/models.js";

const data = blobs(64);

/** Everything about a model that training could change. */
const stateOf = (model: Sequential<string>) => ({
  bits: bits(model),
  scalars: model.optimizer?.scalars,
  slots: model.parameters.map((one) =>
    model.optimizer?.slotNames(one).map((name) => [...(model.optimizer?.slot(one, name).data ?? [])]),
  ),
  step: model.context.position.step,
  rate: model.optimizer?.learningRate,
});

async function trained() {
  const { model } = classifier();
  await model.fit(data, { epochs: 2, batchSize: 8 });
  return model;
}

describe("permutationImportance", () => {
  // y is 3 times the first column; the second is only noise, the third a constant.
  const x = Matrix.zeros(60, 3).map((_, r, c) => (c === 0 ? Math.sin(r) : c === 1 ? Math.cos(7 * r) : 1));
  const y = Matrix.zeros(60, 1).map((_, r) => 3 * Math.sin(r));
  const linear = () => {
    const model = new Sequential(
      [new Dense({ units: 1, useBias: false, weightInitializer: (w) => w.data.set([3, 0, 0]) })],
      {
        input: [3],
      },
    );
    return model.compile({ loss: meanSquaredError(), optimizer: new SGD({ learningRate: 0.1 }) });
  };

  it("finds the input that counts, and 0 for those that do not", async () => {
    const [first, second, third] = await permutationImportance(
      linear(),
      { x, y },
      { names: ["a", "b", "c"] },
    );
    // Two independent draws of the column differ by twice its variance: 9 · 2 · ½.
    expect(first.name).toBe("a");
    expect(first.mean).toBeGreaterThan(6);
    expect(first.mean).toBeLessThan(12);
    expect(first.standardDeviation).toBeGreaterThan(0);
    expect([second.mean, third.mean, third.standardDeviation].map(Math.abs)).toEqual([0, 0, 0]);
  });

  it("is the same again, and changes nothing", async () => {
    const model = await trained();
    const before = stateOf(model);
    const options = { measure: "accuracy", repeats: 2, seed: 3 } as const;
    const once = await permutationImportance(model, data, options);
    expect(await permutationImportance(model, data, options)).toEqual(once);
    expect(once.some(({ mean }) => mean < 0)).toBe(true);
    expect(stateOf(model)).toEqual(before);
  });

  it("says what does not fit", async () => {
    await expect(permutationImportance(linear(), { x, y }, { measure: "accuracy" })).rejects.toThrow(
      "permutationImportance expects `measure` to be one of loss, but got accuracy.",
    );
    await expect(permutationImportance(linear(), { x, y }, { names: ["a"] })).rejects.toThrow(
      "a name for each of 3 inputs",
    );
  });
});

describe("calibrationCurve", () => {
  const p = Matrix.from([[0.1], [0.15], [0.6], [0.7], [0.95], [1], [0]]);
  const t = Matrix.from([[0], [1], [1], [0], [1], [1], [0]]);

  it("puts each probability beside what came of it", () => {
    const { bins, expectedError } = calibrationCurve(p, t, { bins: 2 });
    expect(bins.map(({ count, observed }) => [count, observed])).toEqual([
      [3, 1 / 3],
      [4, 3 / 4],
    ]);
    expect(bins[0].predicted).toBeCloseTo(0.25 / 3, 6);
    expect(bins[1].predicted).toBeCloseTo(3.25 / 4, 6);
    expect(expectedError).toBeCloseTo((3 * (1 / 3 - 0.25 / 3) + 4 * (3.25 / 4 - 0.75)) / 7, 6);
  });

  it("has bins of as many rows each, and takes the predicted class of several", () => {
    expect(calibrationCurve(p, t, { bins: 7, strategy: "quantile" }).bins.map(({ count }) => count)).toEqual([
      1, 1, 1, 1, 1, 1, 1,
    ]);
    const wide = Matrix.from([
      [0.2, 0.8],
      [0.9, 0.1],
    ]);
    const expected = { predicted: (0.8 + 0.9) / 2, observed: 0.5, count: 2 };
    for (const target of [
      Matrix.from([[1], [1]]),
      Matrix.from([
        [0, 1],
        [0, 1],
      ]),
    ]) {
      const [bin] = calibrationCurve(wide, target, { bins: 1 }).bins;
      expect(bin.predicted).toBeCloseTo(expected.predicted, 6);
      expect([bin.observed, bin.count]).toEqual([0.5, 2]);
    }
  });

  it("needs no more memory for more bins than there are rows", () => {
    for (const strategy of ["uniform", "quantile"] as const) {
      const { bins } = calibrationCurve(p, t, { bins: Number.MAX_SAFE_INTEGER, strategy });
      expect(bins.map(({ count }) => count)).toEqual([1, 1, 1, 1, 1, 1, 1]);
      expect(bins.map(({ predicted }) => predicted)).toEqual([...p.data].sort((a, b) => a - b));
    }
  });

  it("keeps rows of one probability in one bin, in whatever order they come", () => {
    const rows = [
      [0.2, 0],
      [0.5, 1],
      [0.5, 0],
      [0.5, 1],
      [0.5, 0],
      [0.5, 1],
      [0.5, 0],
      [0.9, 1],
    ];
    const curve = (order: readonly number[][]) =>
      calibrationCurve(Matrix.from(order.map(([a]) => [a])), Matrix.from(order.map(([, b]) => [b])), {
        ...{ bins: 4, strategy: "quantile" },
      });
    const { bins } = curve(rows);
    expect(bins.map(({ count }) => count)).toEqual([1, 6, 1]);
    expect(bins[1].observed).toBe(0.5);
    const sorted = [...rows].sort(([, a], [, b]) => a - b);
    for (const order of [sorted, [...sorted].reverse(), [...rows].reverse()]) {
      expect(curve(order)).toEqual(curve(rows));
    }
  });

  it.each([
    [
      Matrix.from([[1.5]]),
      Matrix.from([[1]]),
      "probabilities from 0 to 1, but got 1.5. Apply Softmax or Sigmoid",
    ],
    [Matrix.from([[Number.NaN]]), Matrix.from([[1]]), "probabilities from 0 to 1, but got NaN"],
    [p, Matrix.from([[1]]), "7 targets, but got 1"],
    [p, Matrix.zeros(7, 2), "targets of 1 or 1 columns"],
    [
      p,
      t.map((v) => 2 * v),
      "class indices from 0 to 1 as targets, but got 2 in row 1. Count classes from 0",
    ],
    [p, t.map((v) => v / 2), "class indices from 0 to 1 as targets, but got 0.5 in row 1"],
    [p, t.map((v) => (v === 1 ? 1 : Number.NaN)), "but got NaN in row 0"],
    [Matrix.full(7, 3, 0.3), t.map((v) => 3 * v), "class indices from 0 to 2 as targets, but got 3 in row 1"],
    [Matrix.full(7, 3, 0.3), t.map((v) => -v), "class indices from 0 to 2 as targets, but got -1 in row 1"],
    [
      Matrix.full(1, 2, 0.5),
      Matrix.from([[1, 1]]),
      "one-hot targets, a 1 in each row beside zeros, but got [1, 1] in row 0",
    ],
    [Matrix.full(1, 2, 0.5), Matrix.from([[0, 0]]), "but got [0, 0] in row 0"],
    [Matrix.full(1, 2, 0.5), Matrix.from([[0, 2]]), "but got [0, 2] in row 0"],
    [Matrix.zeros(0, 1), Matrix.zeros(0, 1), "at least one row, but got none"],
  ])("refuses what does not fit: %#", (prediction, target, message) => {
    expect(() => calibrationCurve(prediction, target)).toThrow(message);
  });
});

describe("learningRateRange", () => {
  it("sweeps up to where the loss explodes, and leaves everything as it was", async () => {
    const model = await trained();
    const before = stateOf(model);
    const { rates, losses, steepest, suggestion, ...range } = learningRateRange(model, data, {
      ...{ low: 1e-5, high: 1e3, steps: 60, batchSize: 16 },
    });
    expect(stateOf(model)).toEqual(before);
    expect(rates[0]).toBe(1e-5);
    expect(
      rates.every((rate, i) => i === 0 || Math.abs(rate / rates[i - 1] / 10 ** (8 / 59) - 1) < 1e-9),
    ).toBe(true);
    expect(rates.length).toBe(losses.length);
    expect(rates.length).toBeLessThan(60);
    expect(suggestion * 10).toBe(rates[losses.indexOf(Math.min(...losses))]);
    expect(rates).toContain(steepest);
    expect(String(range).split("\n").length).toBeGreaterThan(10);
  });

  /** The loss is the prediction itself, begins at `first`, and falls by each step's rate. */
  const falling = (first: number, high: number, groups: ParameterGroup[] = []) => {
    const value = lossOf({
      name: "value",
      checkTargets() {},
      row({ data }, _, r, weight, gradient) {
        if (gradient !== undefined) gradient.data[r] = weight;
        return data[r];
      },
    });
    const bias = constant({ value: first });
    const layer = new Dense({ units: 1, weightInitializer: zeros(), biasInitializer: bias });
    const model = new Sequential([layer], { input: [1] });
    model.compile({ loss: value, optimizer: new SGD({ learningRate: 0.1, groups }) });
    const one = { x: Matrix.zeros(8, 1), y: Matrix.zeros(8, 1) };
    return learningRateRange(model, one, { low: 1e-3, high, steps: 20 });
  };

  it.each([
    ["from above 0 to below", 0.02, 0.5],
    ["below 0", -0.5, 0.5],
    ["of very long numbers", -1e-15, 1e-2],
    ["above 0", 5, 0.5],
  ])("draws bars from 0, to the left for losses below: %s", (_, first, high) => {
    const range = falling(first, high);
    expect(range.losses).toHaveLength(20);
    const lines = String(range).split("\n");
    const [low, top] = [Math.min(0, ...range.losses), Math.max(0, ...range.losses)];
    const zero = lines[0].indexOf("│");
    expect(zero >= 0).toBe(low < 0);
    for (const [i, line] of lines.entries()) {
      const loss = range.losses[i];
      const bar = Math.round((40 * Math.abs(loss)) / (top - low));
      expect(line.match(/█/g)?.length ?? 0).toBe(bar);
      expect(line.indexOf("│")).toBe(zero);
      expect(line.trimEnd().endsWith("█")).toBe(loss > 0 && bar > 0);
    }
  });

  it("sweeps the rates of groups too, in their ratio to η", () => {
    const plain = falling(0, 0.5);
    const twice = falling(0, 0.5, [{ match: /bias/, learningRate: 0.2 }]);
    for (const [i, loss] of plain.losses.entries()) expect(twice.losses[i]).toBeCloseTo(2 * loss, 5);
    expect(plain.losses[19]).toBeLessThan(-0.1);
  });

  it("shows the last rate, where it ends", () => {
    const { rates, ...range } = learningRateRange(classifier().model, data, {
      low: 1e-5,
      high: 1e4,
      steps: 90,
    });
    expect(
      String({ ...range })
        .split("\n")
        .at(-1),
    ).toContain(rates[rates.length - 1].toExponential(1));
  });

  it("says what does not fit", () => {
    const bare = new Sequential([new Dense({ units: 1 })], { input: [4] });
    expect(() => learningRateRange(bare, data)).toThrow("learningRateRange expects a compiled model");
    expect(() => learningRateRange(classifier().model, data, { low: 1, high: 0.1 })).toThrow(
      "`low` below `high`, but got 1 and 0.1",
    );
    expect(() => learningRateRange(classifier().model, { x: data.x, y: data.x })).toThrow();
  });
});

describe("doctor", () => {
  const compiled = (layers: ConstructorParameters<typeof Sequential>[0], learningRate = 0.01) =>
    new Sequential(layers, { input: [4], seed: 1 }).compile({
      ...{ loss: softmaxCrossEntropy(), optimizer: new Adam({ learningRate }), metrics: [accuracy()] },
    });
  const healthy = () =>
    compiled([new Dense({ units: 16 }), new BatchNorm(), new ReLU(), new Dense({ units: 3 })]);
  const about = (findings: readonly { about: string }[]) => findings.map((finding) => finding.about);

  it("finds nothing where nothing is wrong, and changes nothing", async () => {
    const model = healthy();
    await model.fit(data, { epochs: 1 });
    const before = stateOf(model);
    expect(doctor(model, data)).toEqual([]);
    expect(stateOf(model)).toEqual(before);
  });

  it("sees inputs that are not scaled, never change, or are no numbers", () => {
    const spoiled = (f: (v: number, c: number) => number) => ({
      x: data.x.map((v, _, c) => f(v, c)),
      y: data.y,
    });
    const large = doctor(
      healthy(),
      spoiled((v, c) => (c === 2 ? 1000 * v : v)),
    );
    expect(large[0].what).toBe("Columns far from mean 0 and deviation 1: 1 of 4 (2).");
    expect(
      doctor(
        healthy(),
        spoiled((v, c) => (c > 1 ? 1 : v)),
      )[0].what,
    ).toBe("Columns that never change: 2 of 4 (2, 3).");
    expect(
      doctor(
        healthy(),
        spoiled((v, c) => (c === 0 ? Number.NaN : v)),
      )[0].advice,
    ).toBe("Fill or drop missing values.");
  });

  it("sees targets that are the same, outside, missing, or no numbers", () => {
    const y = (f: (r: number) => number) => ({ x: data.x, y: data.y.map((_, r) => f(r)) });
    expect(
      doctor(
        healthy(),
        y(() => 1),
      )[0].what,
    ).toBe("All 64 targets are the same.");
    expect(
      doctor(
        healthy(),
        y((r) => r % 4),
      )[0].what,
    ).toBe("A target of class 3, but the model has 3 outputs.");
    expect(
      doctor(
        healthy(),
        y((r) => r % 2),
      )[0].what,
    ).toBe("No row of class 2 among 64.");
    expect(
      doctor(
        healthy(),
        y((r) => (r === 5 ? Infinity : 0)),
      )[0].what,
    ).toBe("Targets that are not finite, first in row 5.");
  });

  it("sees dead and saturated units", () => {
    const bias = (value: number) => new Dense({ units: 8, biasInitializer: constant({ value }) });
    const dead = doctor(compiled([bias(-100), new ReLU(), new Dense({ units: 3 })]), data);
    expect(dead.find((finding) => finding.about === "units")?.what).toBe(
      "8 of 8 units of layer 1, ReLU(), are 0 for all 64 rows.",
    );
    const full = doctor(compiled([bias(50), new Sigmoid(), new Dense({ units: 3 })]), data);
    expect(about(full)).toContain("units");
  });

  const gaussian = (units: number) =>
    new Sequential(
      [
        new Parallel({
          branches: [[new Dense({ units })], [new Dense({ units }), new Softplus()]],
        }),
      ],
      { input: [4], seed: 1 },
    ).compile({ loss: gaussianNLL(), optimizer: new Adam({ learningRate: 0.05 }) });

  it("takes whole numbers for classes only where the loss does", () => {
    const y = Matrix.from(data.x.toArray().map(([v]) => [Math.abs(Math.round(3 * v)) + 4]));
    expect(doctor(gaussian(1), { x: data.x, y })).toEqual([]);
    const ignoring = compiled([new Dense({ units: 3 })]).compile({
      ...{ loss: softmaxCrossEntropy({ ignoreIndex: 255 }), optimizer: new Adam({ learningRate: 0.05 }) },
    });
    const some = (t: number) => ({ x: data.x, y: data.y.map((v, r) => (r % 4 === 0 ? t : v)) });
    expect(about(doctor(ignoring, some(255)))).toEqual([]);
    expect(doctor(ignoring, some(254))[0].what).toBe("A target of class 254, but the model has 3 outputs.");
  });

  it("asks indices for no scale, but for all else", () => {
    const model = (before: Layer[], around: (layer: Layer) => Layer) =>
      new Sequential(
        [...before, around(new Embedding({ inputDim: 500, outputDim: 4 })), new Dense({ units: 3 })],
        { input: [2], seed: 1 },
      ).compile({ loss: softmaxCrossEntropy(), optimizer: new Adam({ learningRate: 0.05 }) });
    const indices = Matrix.zeros(64, 2).map((_, r, c) => (c === 0 ? 7 * r : 400 - r));
    for (const one of [
      model([], (layer) => layer),
      model([new Reshape({ shape: [2, 1] }), new Flatten()], (layer) => layer),
      model(
        [],
        (layer) =>
          new Parallel({
            branches: [
              [new Identity(), layer],
              [new Sequential([new Embedding({ inputDim: 500, outputDim: 1 })])],
            ],
          }),
      ),
    ]) {
      expect(doctor(one, { x: indices, y: data.y })).toEqual([]);
      const constant = indices.map((v, _, c) => (c === 0 ? 3 : v));
      expect(doctor(one, { x: constant, y: data.y })[0].what).toBe("Columns that never change: 1 of 2 (0).");
    }
    const numbers = compiled([new Dense({ units: 8 }), new ReLU(), new Dense({ units: 3 })]);
    const large = data.x.map((v) => 100 * v);
    expect(doctor(numbers, { x: large, y: data.y })[0].about).toBe("inputs");
  });

  it("knows the ends of a layer's own range", () => {
    const found = (layer: Layer, bias: number) => {
      const before = new Dense({ units: 8, biasInitializer: constant({ value: bias }) });
      return doctor(compiled([before, layer, new Dense({ units: 3 })]), data).filter(
        (finding) => finding.about === "units",
      );
    };
    expect(found(new HardTanh({ min: -100, max: 100 }), 50)).toEqual([]);
    expect(found(new HardTanh({ min: 0.1, max: 30.1 }), 20)).toEqual([]);
    expect(found(new HardTanh({ min: -100, max: 100.1 }), 500)[0].what).toBe(
      "8 of 8 units of layer 1, HardTanh(-100), are at an end of their range for all rows.",
    );
    expect(found(new HardTanh({ min: 0.1, max: 30.1 }), -50)).toHaveLength(1);
    expect(found(new HardTanh(), 50)).toHaveLength(1);
    expect(found(new HardSigmoid(), -50)).toHaveLength(1);
    expect(found(new Threshold({ threshold: 1, value: -2.1 }), -50)[0].what).toContain(
      "are -2.1 for all 64 rows",
    );
    expect(found(new Threshold({ threshold: 1, value: -2.1 }), 50)).toEqual([]);
  });

  it("does not take a few rows for all", () => {
    const model = compiled([new Dense({ units: 8 }), new ReLU(), new Dense({ units: 3 })]);
    for (let r = 0; r < 8; r++) {
      expect(about(doctor(model, { x: data.x.row(r), y: data.y.row(r) }))).not.toContain("units");
    }
  });

  it("sees gradients that vanish", () => {
    const deep = Array.from({ length: 20 }, () => [new Dense({ units: 8 }), new Sigmoid()]).flat();
    const findings = doctor(compiled([...deep, new Dense({ units: 3 })]), data, { steps: 3 });
    expect(findings.find((finding) => finding.about === "gradients")?.what).toMatch(
      /^The gradient is 1?\S+e-\d+ at layer 0/,
    );
  });

  it("sees a model that cannot learn a few rows by heart", () => {
    expect(about(doctor(compiled([new Dense({ units: 3 })], 1e-9), data))).toEqual(["overfitting"]);
    expect(doctor(compiled([new Dense({ units: 3 })], 1e38), data).at(-1)?.about).toBe("overfitting");
  });
});

describe("every tool that trains or measures a model", () => {
  const tools = {
    doctor: async (model: Sequential<string>, batch: Batch) => doctor(model, batch),
    learningRateRange: async (model: Sequential<string>, batch: Batch) => learningRateRange(model, batch),
    permutationImportance: (model: Sequential<string>, batch: Batch) => permutationImportance(model, batch),
  };
  const all = Object.entries(tools);
  const training = all.slice(0, 2);
  const none = Matrix.zeros(64, 1);

  it.each(all)("refuses what is no model: %s", async (who, tool) => {
    for (const [model, got] of [
      [undefined, "undefined"],
      [{}, "an object {}"],
      [new Dense({ units: 2 }), "a Dense"],
    ] as const) {
      await expect(tool(model as never, data)).rejects.toThrow(
        `${who} expects a Sequential, but got ${got}.`,
      );
    }
  });

  it.each(all)("refuses data of which no row counts: %s", async (who, tool) => {
    const { model } = classifier();
    const empty = { x: data.x.slice(0, 0), y: data.y.slice(0, 0) };
    await expect(tool(model, empty)).rejects.toThrow(
      `${who} expects at least one row of data, but got none.`,
    );
    await expect(tool(model, { ...data, sampleWeight: none })).rejects.toThrow(
      `${who} expects rows of a weight above 0, but got only weights of 0.`,
    );
  });

  it.each(training)(
    "refuses data that does not fit, a model in training or without weights: %s",
    async (who, tool) => {
      const { model } = classifier();
      const before = stateOf(model);
      const wide = { x: Matrix.zeros(64, 5), y: data.y };
      await expect(tool(model, wide)).rejects.toThrow(`${who} expects rows of 4 inputs, but got 5.`);
      const double = { x: data.x.as("float64"), y: data.y.as("float64") };
      await expect(tool(model, double)).rejects.toThrow(
        `${who} expects float32 data, as the model is, but got float64.`,
      );
      const bare = new Sequential([new Dense({ units: 3 })]);
      bare.compile({ loss: softmaxCrossEntropy(), optimizer: new SGD({ learningRate: 0.1 }) });
      await expect(tool(bare, data)).rejects.toThrow(
        `${who} expects a built model, but got one without weights yet.`,
      );
      expect(stateOf(model)).toEqual(before);
      const fit = model.fit(data, { epochs: 2 });
      await expect(tool(model, data)).rejects.toThrow(`${who} expects a model that is not being trained`);
      await fit;
    },
  );

  it.each(training)("passes by rows of weight 0: %s", async (_, tool) => {
    const few = none.map((_, r) => (r < 8 ? 1 : 0));
    const part = { x: data.x.slice(0, 8), y: data.y.slice(0, 8) };
    const rest = data.y.map((t, r) => (r < 8 ? t : 2 - t));
    const whole = await tool(classifier().model, { x: data.x, y: rest, sampleWeight: few });
    expect(JSON.stringify(whole)).toBe(JSON.stringify(await tool(classifier().model, part)));
  });

  it("says where in the data the first number stands that is not finite", () => {
    const spoiled = data.x.map((v, r, c) => (r === 40 && c === 2 ? Number.NaN : v));
    expect(() => learningRateRange(classifier().model, { x: spoiled, y: data.y })).toThrow(
      "learningRateRange expects finite numbers in `x`, but got NaN in row 40, column 2.",
    );
  });

  it("knows numbers of evaluate by their own names only", async () => {
    await expect(permutationImportance(classifier().model, data, { measure: "constructor" })).rejects.toThrow(
      "permutationImportance expects `measure` to be one of loss, accuracy, but got constructor.",
    );
  });

  it("doctor says when nothing can train", () => {
    const { model } = classifier();
    for (const parameter of model.parameters) parameter.trainable = false;
    expect(doctor(model, data)[0].what).toBe("No parameter of the model is trainable.");
  });
});
