import * as chainrule from "../../src/index.js";
import { THINGS } from "./measure.js";

type Makers<T> = Readonly<Record<string, (width: number) => T>>;

/** Layers, each forward and backward in training. */
export const layers: Makers<chainrule.Layer> = {
  ReLU: () => new chainrule.ReLU(),
  ReLU6: () => new chainrule.ReLU6(),
  LeakyReLU: () => new chainrule.LeakyReLU(),
  PReLU: () => new chainrule.PReLU(),
  ELU: () => new chainrule.ELU(),
  SELU: () => new chainrule.SELU(),
  CELU: () => new chainrule.CELU(),
  GELU: () => new chainrule.GELU(),
  "GELU, tanh": () => new chainrule.GELU({ approximate: "tanh" }),
  SiLU: () => new chainrule.SiLU(),
  Mish: () => new chainrule.Mish(),
  Sigmoid: () => new chainrule.Sigmoid(),
  HardSigmoid: () => new chainrule.HardSigmoid(),
  LogSigmoid: () => new chainrule.LogSigmoid(),
  Tanh: () => new chainrule.Tanh(),
  HardTanh: () => new chainrule.HardTanh(),
  Softplus: () => new chainrule.Softplus(),
  Softsign: () => new chainrule.Softsign(),
  Softmax: () => new chainrule.Softmax(),
  LogSoftmax: () => new chainrule.LogSoftmax(),
  Softmin: () => new chainrule.Softmin(),
  Exponential: () => new chainrule.Exponential(),
  HardSwish: () => new chainrule.HardSwish(),
  GLU: () => new chainrule.GLU(),
  SwiGLU: () => new chainrule.SwiGLU(),
  Threshold: () => new chainrule.Threshold(),
  SoftShrink: () => new chainrule.SoftShrink(),
  HardShrink: () => new chainrule.HardShrink(),
  TanhShrink: () => new chainrule.TanhShrink(),
  Squareplus: () => new chainrule.Squareplus(),
  BatchNorm: () => new chainrule.BatchNorm(),
  LayerNorm: () => new chainrule.LayerNorm(),
  RMSNorm: () => new chainrule.RMSNorm(),
  Embedding: (width) => new chainrule.Embedding({ inputDim: THINGS, outputDim: width }),
  Dropout: () => new chainrule.Dropout({ rate: 0.5 }),
  AlphaDropout: () => new chainrule.AlphaDropout({ rate: 0.5 }),
  GaussianNoise: () => new chainrule.GaussianNoise({ standardDeviation: 0.1 }),
  GaussianDropout: () => new chainrule.GaussianDropout({ rate: 0.5 }),
};

/** Optimizers, each a step of a layer [width × width] with its bias. */
export const optimizers: Makers<chainrule.Optimizer> = {
  SGD: () => new chainrule.SGD({ learningRate: 1e-4 }),
  "SGD, momentum": () => new chainrule.SGD({ learningRate: 1e-4, momentum: 0.9 }),
  Adagrad: () => new chainrule.Adagrad(),
  Adadelta: () => new chainrule.Adadelta(),
  RMSprop: () => new chainrule.RMSprop(),
  "RMSprop, centered": () => new chainrule.RMSprop({ centered: true, momentum: 0.9 }),
  Adam: () => new chainrule.Adam(),
  "Adam, amsgrad": () => new chainrule.Adam({ amsgrad: true }),
  AdamW: () => new chainrule.AdamW(),
  Adamax: () => new chainrule.Adamax(),
  NAdam: () => new chainrule.NAdam(),
  RAdam: () => new chainrule.RAdam(),
  Rprop: () => new chainrule.Rprop(),
};

/** What targets are: numbers, 0 or 1, shares of a row, or the index of a class; for shares predictions are, too. */
export type Targets = "numbers" | "bits" | "shares" | "classes";

/** The i-th number of targets for `width` outputs. */
export const targetAt: Readonly<Record<Targets, (i: number, width: number) => number>> = {
  numbers: (i) => (i * 13) % 5,
  bits: (i) => i % 2,
  shares: (_, width) => 1 / width,
  classes: (i, width) => (i * 7) % width,
};

/** Losses, each the loss of a batch and its gradient. */
export const losses: Readonly<Record<string, readonly [() => chainrule.Loss, Targets]>> = {
  MSE: [() => chainrule.meanSquaredError(), "numbers"],
  MAE: [() => chainrule.meanAbsoluteError(), "numbers"],
  huber: [() => chainrule.huber(), "numbers"],
  smoothL1: [() => chainrule.smoothL1(), "numbers"],
  "binaryCrossEntropy, logits": [() => chainrule.binaryCrossEntropy({ fromLogits: true }), "bits"],
  softmaxCrossEntropy: [() => chainrule.softmaxCrossEntropy(), "classes"],
  "softmaxCrossEntropy, smoothed": [() => chainrule.softmaxCrossEntropy({ labelSmoothing: 0.1 }), "classes"],
  klDivergence: [() => chainrule.klDivergence(), "shares"],
  poisson: [() => chainrule.poisson(), "numbers"],
  multiMargin: [() => chainrule.multiMargin(), "classes"],
};
