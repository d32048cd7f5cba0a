/** How much of the data each step looks at. */
export type Descent = "batch" | "mini-batch" | "stochastic";

export type ActivationName =
  | "ReLU"
  | "LeakyReLU"
  | "ELU"
  | "GELU"
  | "SiLU"
  | "Softplus"
  | "Tanh"
  | "Sigmoid"
  | "linear";

export type LossName = "crossEntropy" | "focal" | "squaredError" | "absoluteError" | "margin";

export type OptimizerName =
  | "SGD"
  | "momentum"
  | "nesterov"
  | "Adagrad"
  | "RMSprop"
  | "Adam"
  | "AdamW"
  | "NAdam"
  | "Lion";

/** A network and how it learns: all that decides what a run does, with its examples. */
export interface Settings {
  /** The units of each hidden layer. */
  readonly hidden: readonly number[];
  readonly activation: ActivationName;
  readonly loss: LossName;
  readonly optimizer: OptimizerName;
  readonly learningRate: number;
  readonly descent: Descent;
  /** Examples a step, of mini-batches. */
  readonly batchSize: number;
  /** Where all random numbers come from. */
  readonly seed: number;
}

/** How many of `count` examples a step looks at. */
export function examplesPerStep({ descent, batchSize }: Settings, count: number): number {
  if (descent === "batch") return count;
  return descent === "stochastic" ? 1 : Math.min(batchSize, count);
}

/** Whether two settings describe networks and runs of which only the learning rate differs. */
export function sameButRate(a: Settings, b: Settings): boolean {
  return JSON.stringify({ ...a, learningRate: 0 }) === JSON.stringify({ ...b, learningRate: 0 });
}
