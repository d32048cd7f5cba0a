import type { ActivationName, Descent, LossName, OptimizerName, Settings } from "./settings.js";

/** Something that can be chosen, and what it is called. */
export interface Choice<Value> {
  readonly value: Value;
  readonly label: string;
}

const choices = <Value extends string>(labels: Readonly<Record<Value, string>>) =>
  (Object.keys(labels) as Value[]).map((value): Choice<Value> => ({ value, label: labels[value] }));

const numbers = (...values: readonly number[]): readonly Choice<number>[] =>
  values.map((value) => ({ value, label: value.toLocaleString("en", { maximumFractionDigits: 5 }) }));

export const activations = choices<ActivationName>({
  ReLU: "ReLU",
  LeakyReLU: "Leaky ReLU",
  ELU: "ELU",
  GELU: "GELU",
  SiLU: "SiLU",
  Softplus: "Softplus",
  Tanh: "Tanh",
  Sigmoid: "Sigmoid",
  linear: "none (linear)",
});

export const losses = choices<LossName>({
  crossEntropy: "cross-entropy",
  focal: "focal",
  squaredError: "squared error",
  absoluteError: "absolute error",
  margin: "margin (hinge)",
});

export const optimizers = choices<OptimizerName>({
  SGD: "plain (SGD)",
  momentum: "momentum",
  nesterov: "Nesterov",
  Adagrad: "Adagrad",
  RMSprop: "RMSprop",
  Adam: "Adam",
  AdamW: "AdamW",
  NAdam: "NAdam",
  Lion: "Lion",
});

export const descents = choices<Descent>({
  batch: "batch",
  "mini-batch": "mini-batch",
  stochastic: "stochastic",
});

export const batchSizes = numbers(2, 4, 8, 16, 32, 64, 128, 256, 512);
export const layerSizes = numbers(4, 8, 16, 32, 64, 128, 256);
export const rates = numbers(0.00003, 0.0001, 0.0003, 0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1, 3, 10);

/** Learning rates at which each method does well, by how much of the data a step sees. */
const good: Readonly<Record<"plain" | "momentum" | "adaptive" | "sign", Readonly<Record<Descent, number>>>> =
  {
    plain: { batch: 0.1, "mini-batch": 0.1, stochastic: 0.01 },
    momentum: { batch: 0.1, "mini-batch": 0.01, stochastic: 0.001 },
    adaptive: { batch: 0.01, "mini-batch": 0.001, stochastic: 0.0003 },
    sign: { batch: 0.001, "mini-batch": 0.0003, stochastic: 0.00003 },
  };

const families: Readonly<Partial<Record<OptimizerName, keyof typeof good>>> = {
  SGD: "plain",
  momentum: "momentum",
  nesterov: "momentum",
  Lion: "sign",
};

/** A learning rate to begin with. */
export function suggestedRate({ optimizer, descent, loss }: Settings): number {
  const family = families[optimizer] ?? "adaptive";
  const rate = good[family][descent];
  // Their gradient is a mean over the outputs, and small; adaptive methods do not care for the size of gradients.
  const isSmall = loss === "squaredError" || loss === "absoluteError";
  return isSmall && (family === "plain" || family === "momentum") ? Number((10 * rate).toPrecision(1)) : rate;
}

/** The settings after a change. A learning rate that was only suggested follows what it was suggested for. */
export function changed(settings: Settings, part: Partial<Settings>): Settings {
  const next = { ...settings, ...part };
  const wasSuggested = settings.learningRate === suggestedRate(settings);
  return wasSuggested && part.learningRate === undefined
    ? { ...next, learningRate: suggestedRate(next) }
    : next;
}
