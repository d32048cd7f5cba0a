import {
  accuracy,
  binaryCrossEntropy,
  categoricalCrossEntropy,
  Dense,
  type DType,
  type Layer,
  type Loss,
  Matrix,
  oneHot,
  Sequential,
  SGD,
  Sigmoid,
  Softmax,
  softmaxCrossEntropy,
} from "chainrule";
import { describe, expect, it } from "vitest";
import { relativeError } from "../support/numbers.js";
import { bits, blobs } from "./support/models.js";

interface Pair {
  readonly units: number;
  readonly head: () => Layer;
  readonly fused: Loss;
  readonly onLogits: Loss;
  readonly targets: (classes: Matrix) => Matrix;
}

const softmax: Pair = {
  units: 3,
  head: () => new Softmax(),
  fused: categoricalCrossEntropy(),
  onLogits: softmaxCrossEntropy(),
  targets: (classes) => oneHot(classes.data, 3, classes.dtype),
};
const sigmoid: Pair = {
  units: 1,
  head: () => new Sigmoid(),
  fused: binaryCrossEntropy(),
  onLogits: binaryCrossEntropy({ fromLogits: true }),
  targets: (classes) => classes.map((c) => (c === 0 ? 1 : 0)),
};

const compiled = (layers: readonly Layer[], loss: Loss, dtype: DType = "float32") =>
  new Sequential(layers, { input: [4], seed: 6, dtype }).compile({
    loss,
    optimizer: new SGD({ learningRate: 0.3, momentum: 0.5 }),
    metrics: [accuracy()],
  });

describe.each([
  ["Softmax with categoricalCrossEntropy", softmax],
  ["Sigmoid with binaryCrossEntropy", sigmoid],
])("%s", (_, { units, head, fused, onLogits, targets }) => {
  const dense = () => [new Dense({ units: 5 }), new Dense({ units })];

  it.each(["float32", "float64"] as const)(
    "trains with the bits of the loss on logits, in %s",
    async (dtype) => {
      const { x, y: classes } = blobs(30, dtype);
      const data = { x, y: targets(classes) };
      const ended = compiled([...dense(), head()], fused, dtype);
      const logits = compiled(dense(), onLogits, dtype);
      const options = { epochs: 4, batchSize: 8, validationSplit: 0.2 };
      expect(await ended.fit(data, options)).toEqual(await logits.fit(data, options));
      expect(bits(ended)).toEqual(bits(logits));
      expect(await ended.evaluate(data)).toEqual(await logits.evaluate(data));
      expect(ended.trainBatch(data.x, data.y)).toBe(logits.trainBatch(data.x, data.y));
    },
  );

  it("does so where the last layer is inside of nested models", async () => {
    const { x, y: classes } = blobs(30);
    const data = { x, y: targets(classes) };
    const [first, last] = dense();
    const nested = compiled([first, new Sequential([last, new Sequential([head()])])], fused);
    const flat = compiled([...dense(), head()], fused);
    const values = Object.values(flat.getWeights());
    nested.setWeights(Object.fromEntries(nested.parameters.map(({ name }, i) => [name, values[i]])));
    expect(await nested.fit(data, { epochs: 3 })).toEqual(await flat.fit(data, { epochs: 3 }));
    expect(bits(nested)).toEqual(bits(flat));
  });

  it.each([1000, -1000])("is exact at logits of %d", async (logit) => {
    // One weight times one input is the logit of the first output; the target says the other thing, or the same.
    for (const right of [true, false]) {
      const model = new Sequential([new Dense({ units, useBias: false }), head()], { input: [1] }).compile({
        loss: fused,
        optimizer: new SGD({ learningRate: 1 }),
      });
      model.setWeights({ "0.weight": Matrix.zeros(1, units).map((_, __, c) => (c === 0 ? logit : 0)) });
      const wanted = logit > 0 === right ? 0 : 1; // class 0 is that of the first output
      const y = targets(Matrix.full(1, 1, wanted));
      const x = Matrix.full(1, 1, 1);
      const lost = right ? 0 : 1000;
      const between = units === 3 && logit < 0 && right ? Math.LN2 : 0; // two outputs of 0 share the rest
      const other = units === 3 && logit < 0 && !right ? Math.LN2 : 0;
      expect((await model.evaluate({ x, y })).loss).toBeCloseTo(lost + between + other, 4);
      model.trainBatch(x, y);
      const moved = model.getWeights()["0.weight"].at(0, 0) - logit;
      expect(moved).toBe(right ? 0 : -Math.sign(logit));
    }
  });

  it("differs from the unfused pair there, so that this test would see it", () => {
    const z = Matrix.from([units === 3 ? [-1000, 0, 0] : [-1000]]);
    const layer = new Sequential([head()], { input: [units] });
    const p = layer.predict(z);
    const y = targets(Matrix.zeros(1, 1));
    expect(fused.mean(p, y)).toBe(100);
    expect(onLogits.mean(z, y)).toBeGreaterThan(999);
  });

  it("shows probabilities to the metrics, and to whoever predicts", async () => {
    const { x, y: classes } = blobs(30);
    const data = { x, y: targets(classes) };
    const seen: Matrix[] = [];
    const witness = {
      name: "witness",
      start: (meaning: string) => ({
        add: (prediction: Matrix) => {
          expect(meaning).toBe("probability");
          seen.push(prediction.copy());
        },
        value: () => 0,
      }),
    } as const;
    const model = compiled([...dense(), head()], fused).compile({
      loss: fused,
      optimizer: new SGD({ learningRate: 0.1 }),
      metrics: [witness, accuracy()],
    });
    const predicted = model.predict(x);
    const { accuracy: share } = await model.evaluate(data);
    expect(seen[0].data).toEqual(predicted.data);
    const right = units === 3 ? predicted.argmax("rows") : predicted.map((p) => (p > 0.5 ? 1 : 0));
    const wanted = units === 3 ? classes : data.y;
    const hits = right.data.filter((found, r) => found === wanted.data[r]).length;
    expect(share).toBeCloseTo(hits / 30, 12);

    await model.fit(data);
    for (const shown of seen) for (const p of shown.data) expect(p >= 0 && p <= 1).toBe(true);
    expect(seen.length).toBe(2);
  });
});

it("the unfused pair learns the same where nothing is extreme", async () => {
  const { x, y } = blobs(30, "float64");
  const unfused: Loss = { ...categoricalCrossEntropy(), fused: undefined } as never;
  const layers = () => [new Dense({ units: 3 }), new Softmax()];
  const [one, other] = [
    compiled(layers(), categoricalCrossEntropy(), "float64"),
    compiled(layers(), unfused, "float64"),
  ];
  const losses = [await one.fit({ x, y }, { epochs: 3 }), await other.fit({ x, y }, { epochs: 3 })];
  expect(relativeError(bits(one), bits(other))).toBeLessThan(1e-12);
  expect(relativeError(losses[0].loss, losses[1].loss)).toBeLessThan(1e-12);
});
