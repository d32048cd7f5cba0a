import * as c from "chainrule";
import type { LossName, OptimizerName, Settings } from "./settings.js";

const activations: Readonly<Record<Settings["activation"], () => c.Layer | undefined>> = {
  ReLU: () => new c.ReLU(),
  LeakyReLU: () => new c.LeakyReLU({ negativeSlope: 0.1 }),
  ELU: () => new c.ELU(),
  GELU: () => new c.GELU(),
  SiLU: () => new c.SiLU(),
  Softplus: () => new c.Softplus(),
  Tanh: () => new c.Tanh(),
  Sigmoid: () => new c.Sigmoid(),
  linear: () => undefined,
};

type MakeOptimizer = (options: { learningRate: number; accumulate: number }) => c.Optimizer;

const optimizers: Readonly<Record<OptimizerName, MakeOptimizer>> = {
  SGD: (options) => new c.SGD(options),
  momentum: (options) => new c.SGD({ ...options, momentum: 0.9 }),
  nesterov: (options) => new c.SGD({ ...options, momentum: 0.9, nesterov: true }),
  Adagrad: (options) => new c.Adagrad(options),
  RMSprop: (options) => new c.RMSprop(options),
  Adam: (options) => new c.Adam(options),
  AdamW: (options) => new c.AdamW(options),
  NAdam: (options) => new c.NAdam(options),
  Lion: (options) => new c.Lion(options),
};

/** A loss, and what it expects: the layer before it, and how targets are written. */
interface Head {
  readonly loss: c.Loss;
  readonly last?: c.Layer;
  readonly oneHot?: boolean;
}

/** For many classes. Where there is no last layer, the outputs are scores whose softmax is the answer. */
const heads: Readonly<Record<LossName, () => Head>> = {
  crossEntropy: () => ({ loss: c.softmaxCrossEntropy() }),
  focal: () => ({ loss: c.categoricalFocalCrossEntropy({ fromLogits: true }) }),
  squaredError: () => ({ loss: c.meanSquaredError(), last: new c.Softmax(), oneHot: true }),
  absoluteError: () => ({ loss: c.meanAbsoluteError(), last: new c.Softmax(), oneHot: true }),
  margin: () => ({ loss: c.multiMargin() }),
};

/** For two classes, whose answer is one number: the probability of the second. */
const binaryHeads: Readonly<Partial<Record<LossName, () => c.Loss>>> = {
  crossEntropy: () => c.binaryCrossEntropy(),
  squaredError: () => c.meanSquaredError(),
  absoluteError: () => c.meanAbsoluteError(),
};

export interface Built {
  readonly model: c.Sequential;
  readonly loss: c.Loss;
  readonly optimizer: c.Optimizer;
  /** Labels as the loss wants them. */
  targets(labels: ArrayLike<number>): c.Matrix;
  /** What the model puts out, as probabilities. */
  probabilities(outputs: c.Matrix): c.Matrix;
}

/** A network as it was chosen, ready to learn; `pieces`: how many batches make a step. */
export function build(settings: Settings, inputs: number, outputs: number, pieces: number): Built {
  const { hidden, activation, loss: name, optimizer: rule, learningRate, seed } = settings;
  const head: Head =
    outputs > 1
      ? heads[name]()
      : { loss: (binaryHeads[name] ?? c.binaryCrossEntropy)(), last: new c.Sigmoid() };
  const layers = hidden.flatMap((units) => [new c.Dense({ units }), activations[activation]()]);
  const all = [...layers, new c.Dense({ units: outputs }), head.last];
  const optimizer = optimizers[rule]({ learningRate, accumulate: pieces });
  const model = new c.Sequential(
    all.filter((layer) => layer !== undefined),
    { input: [inputs], seed },
  ).compile({ loss: head.loss, optimizer });
  const softmax = new c.Sequential([new c.Softmax()], { input: [outputs] });
  return {
    ...{ model, loss: head.loss, optimizer },
    targets: (labels) =>
      head.oneHot ? c.oneHot(labels, outputs) : new c.Matrix(labels.length, 1, Float32Array.from(labels)),
    probabilities: (y) => (head.last === undefined ? softmax.predict(y) : y),
  };
}
