import {
  Dense,
  type FitOptions,
  Layer,
  lossOf,
  Matrix,
  meanSquaredError,
  type Parameter,
  ReLU,
  Sequential,
  SGD,
  type Shape,
} from "chainrule";
import { expect, it } from "vitest";
import type { Context } from "../../src/layers/context.js";
import { distribution } from "../../src/mpi/distribution.js";
import { sharedMemory, ThreadCollective } from "./support/thread-collective.js";
import { threads } from "./support/together.js";

const together = threads("./misfits.ts");
const alone = () => distribution(new ThreadCollective(sharedMemory(1), 0, 1));

const x = Matrix.from(Array.from({ length: 40 }, (_, r) => [Math.sin(r), r / 40]));
const y = Matrix.from(x.toArray().map(([a, b]) => [a * b]));

/** y = x ∘ g, whose author adds up the gradient of g himself, and knows nothing of shards. */
class Gain extends Layer {
  static override readonly type = "Gain";
  private gain!: Parameter;
  private x: Matrix | undefined;

  override build(input: Shape, context: Context): Shape {
    super.build(input, context);
    this.gain = context.parameter("gain", 1, input[0], { fanIn: 1, fanOut: 1 }, (value) =>
      value.data.fill(1),
    );
    return input;
  }

  override get parameters(): readonly Parameter[] {
    return [this.gain];
  }

  forward(x: Matrix): Matrix {
    this.x = x.copy();
    return x.mul(this.gain.value);
  }

  backward(dy: Matrix): Matrix {
    const x = this.saved(this.x, dy);
    for (const [i, d] of dy.data.entries()) this.gain.grad.data[i % x.cols] += d * x.data[i];
    return dy.mul(this.gain.value);
  }
}

const model = (loss = meanSquaredError()) =>
  new Sequential([new Dense({ units: 4 }), new Gain(), new ReLU(), new Dense({ units: 1 })], {
    input: [2],
    seed: 3,
  }).compile({ loss, optimizer: new SGD({ learningRate: 0.1, momentum: 0.9 }) });

const flat = (trained: Sequential<string>) => Object.values(trained.getWeights()).flatMap((m) => [...m.data]);

async function trained(...fits: readonly FitOptions[]): Promise<number[]> {
  const one = model();
  for (const options of fits) await one.fit({ x, y }, { epochs: 2, batchSize: 16, ...options });
  return flat(one);
}

function expectClose(a: readonly number[], b: readonly number[]): void {
  expect(Math.hypot(...a.map((each, i) => each - b[i])) / Math.hypot(...b)).toBeLessThan(1e-6);
}

it("trains layers that add up their gradient by themselves", async () => {
  expectClose(await trained({ distribute: alone() }), await trained({}));
});

it("goes on alone after a training in company, and the other way round", async () => {
  const plain = await trained({}, {});
  expectClose(await trained({ distribute: alone() }, {}), plain);
  expectClose(await trained({}, { distribute: alone() }), plain);
});

it("gives its memory back, and leaves the last gradient", async () => {
  const one = model();
  const bytes = () => {
    const { memory } = one.parameters[0].value.storage;
    return (memory as { buffer: ArrayBufferLike }).buffer.byteLength;
  };
  const train = () => one.fit({ x, y }, { epochs: 1, batchSize: 16, distribute: alone() });
  await train();
  const before = bytes();
  for (let i = 0; i < 50; i++) await train();
  expect(bytes()).toBe(before);
  expect(one.parameters[0].grad.data.some((g) => g !== 0)).toBe(true);
  expect(one.gradients.data.some((g) => g !== 0)).toBe(true);
});

it("refuses a loss that looks across rows", async () => {
  const across = lossOf({
    name: "across",
    couplesRows: "it compares rows",
    checkTargets: () => {},
    row: (prediction, target, r) => (prediction.at(r, 0) - target.at(r, 0)) ** 2,
  });
  await expect(model(across).fit({ x, y }, { distribute: alone() })).rejects.toThrow(
    /fit with `distribute` expects .* but got across \(it compares rows\). microBatchStatistics/,
  );
});

it("needs `distribute` for what goes with it", async () => {
  await expect(model().fit({ x, y }, { shards: 4 })).rejects.toThrow(/`distribute` beside `shards`/);
  await expect(model().fit({ x, y }, { ownData: true })).rejects.toThrow(/`distribute` beside `ownData`/);
});

it("names the layer and the rank where a loss is not a number", async () => {
  const [first, second] = await together(2, {}, (rank) => (rank === 1 ? { fault: "nan" } : {}));
  expect("error" in second && second.error).toMatch(/NaN/);
  expect("error" in first && first.error).toMatch(/rank 1 has ended the job: ChainruleError: .*NaN/);
});
