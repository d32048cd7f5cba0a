import {
  type Context,
  checkGradients,
  Dense,
  glorotUniform,
  Layer,
  Matrix,
  meanSquaredError,
  type Parameter,
  Random,
  ReLU,
  Sequential,
  SGD,
  type SGDOptions,
  type Shape,
} from "chainrule";
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

it("shows new numbers in a gradient that somebody holds", () => {
  const [model, plain] = [make(new SGD(options)), make(new Reading(options))];
  const [{ grad }] = model.parameters;
  const { gradients } = model;
  for (let step = 0; step < 3; step++) {
    model.trainBatch(x, y);
    plain.trainBatch(x, y);
    expectBits("one", grad.data, plain.parameters[0].grad.data);
    expectBits("all", gradients.data, plain.gradients.data);
  }
});

/** y = x·A + 2·x·B, written with one buffer for what both weights are multiplied by. */
class TwoWeights extends Layer {
  static override readonly type = "TwoWeights";
  private a!: Parameter;
  private b!: Parameter;
  private x!: Matrix;

  override build(input: Shape, context: Context): Shape {
    super.build(input, context);
    const fan = { fanIn: 13, fanOut: 3 };
    this.a = context.parameter("a", 13, 3, fan, glorotUniform());
    this.b = context.parameter("b", 13, 3, fan, glorotUniform());
    return [3];
  }
  override get parameters() {
    return [this.a, this.b];
  }
  forward(x: Matrix): Matrix {
    this.x = x;
    return x.matmul(this.a.value).add(x.mul(2).matmul(this.b.value));
  }
  backward(dy: Matrix): Matrix {
    const factor = this.buffer("factor", this.x.rows, this.x.cols);
    this.kernels.multiply(this.x, 1, factor);
    this.a.addTransposedProduct(factor, dy);
    this.kernels.multiply(this.x, 2, factor);
    this.b.addTransposedProduct(factor, dy);
    return dy.matmul(this.a.value.transpose()).add(dy.mul(2).matmul(this.b.value.transpose()));
  }
}

it("lets a layer use its buffer again within a pass", () => {
  checkGradients(new TwoWeights(), { input: [13] });
  const layers = () => [new TwoWeights()];
  const model = new Sequential(layers(), { input: [13], seed: 1 });
  model.compile({ loss: meanSquaredError(), optimizer: new SGD(options) });
  model.trainBatch(x, y);
  const [a, b] = model.parameters.map(({ grad }) => grad.data);
  for (const [i, g] of a.entries()) expect(b[i]).toBe(2 * g);
});
