import { Dense, Matrix, meanSquaredError, Random, ReLU, Sequential, SGD, type SGDOptions } from "chainrule";
import { describe, expect, it } from "vitest";
import { expectBits } from "../kernels/compare.js";

// Plain descent adds xᵀ·dy to the weights without forming it. Nobody may see that.

const random = Random.fromSeed(8);
const x = Matrix.zeros(17, 13).map((_, r, c) => random.uniform(13 * r + c) - 0.5);
const y = Matrix.zeros(17, 3).map((_, r, c) => random.uniform(999 + 3 * r + c));

/** Reads every gradient after each step's backward pass, so that none is kept as a product: the plain path. */
class Reading extends SGD {
  static override readonly type = "Reading";
  override step(parameters: Parameters<SGD["step"]>[0]): void {
    for (const { grad } of parameters) expect(grad.rows).toBeGreaterThan(0);
    super.step(parameters);
  }
}

const make = (optimizer: SGD) =>
  new Sequential([new Dense({ units: 11 }), new ReLU(), new Dense({ units: 3 })], {
    input: [13],
    seed: 1,
  }).compile({
    loss: meanSquaredError(),
    optimizer,
  });

const bits = (model: Sequential) => Object.values(model.getWeights()).flatMap(({ data }) => [...data]);

const options: SGDOptions = { learningRate: 0.1 };

describe.each([1, 2, 17])("a batch of %d", (rows) => {
  const [some, targets] = [x.slice(0, rows), y.slice(0, rows)];

  it("gives the bits of the plain path", () => {
    const [kept, plain] = [make(new SGD(options)), make(new Reading(options))];
    for (let step = 0; step < 20; step++) {
      expect(kept.trainBatch(some, targets)).toBe(plain.trainBatch(some, targets));
    }
    expectBits("weights", bits(kept), bits(plain));
  });

  it("gives the bits of the plain path with weights for the rows", () => {
    const weight = Matrix.zeros(rows, 1).map((_, r) => 1 + (r % 3));
    const [kept, plain] = [make(new SGD(options)), make(new Reading(options))];
    for (let step = 0; step < 5; step++) {
      kept.trainBatch(some, targets, weight);
      plain.trainBatch(some, targets, weight);
    }
    expectBits("weights", bits(kept), bits(plain));
  });

  it("shows the last step's mean gradient to whoever reads it, whatever was computed since", () => {
    const wanted = make(new Reading(options));
    wanted.trainBatch(some, targets);
    const gradients = wanted.parameters.map(({ grad }) => [...grad.data]);
    const other = Matrix.full(rows + 3, 13, 7);
    const between: Record<string, (model: Sequential) => void> = {
      nothing: () => {},
      predict: (model) => void model.predict(other),
      "a forward pass by hand": (model) => void model.forward(other, false),
      "one layer by hand": (model) => void model.layers[0].forward(other, true),
      "a trace": (model) => void model.trace(other, Matrix.zeros(rows + 3, 3)),
      "gradients as a whole": (model) => void model.gradients,
    };
    for (const [what, compute] of Object.entries(between)) {
      const model = make(new SGD(options));
      model.trainBatch(some, targets);
      compute(model);
      for (const [i, { name, grad }] of model.parameters.entries()) {
        expectBits(`${name} after ${what}`, grad.data, gradients[i]);
      }
    }
  });

  it("begins anew where it was not read", () => {
    const [kept, plain] = [make(new SGD(options)), make(new Reading(options))];
    for (const model of [kept, plain]) {
      model.trainBatch(some, targets);
      model.forward(some, true);
      model.backward(Matrix.full(rows, 3, 1)); // adds to the last step's gradient
    }
    for (const [i, { name, grad }] of kept.parameters.entries()) {
      expectBits(name, grad.data, plain.parameters[i].grad.data);
    }
  });
});

it("is what callbacks read after each batch", async () => {
  const seen = async (optimizer: SGD) => {
    const norms: number[] = [];
    const model = make(optimizer);
    const onBatchEnd = () => void norms.push(...model.parameters.map(({ grad }) => grad.mul(grad).sum()));
    await model.fit({ x, y }, { epochs: 2, batchSize: 5, callbacks: [{ onBatchEnd }] });
    return norms;
  };
  expect(await seen(new SGD(options))).toEqual(await seen(new Reading(options)));
});
