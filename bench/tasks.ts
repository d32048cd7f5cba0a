/** A product of matrices as a step of training has it, named by what it gives. */
export interface ProductTask {
  readonly kind: "product";
  /** y = x·W, ∂L/∂W = xᵀ·dy, or ∂L/∂x = dy·Wᵀ, of a layer [inputs × units] on `batch` rows. */
  readonly gives: "y" | "dW" | "dx";
  readonly batch: number;
  readonly inputs: number;
  readonly units: number;
}

/** The product of two square matrices, as a user asks for it. */
export interface MatmulTask {
  readonly kind: "matmul";
  readonly size: number;
}

/** Training a network whose hidden layers have one activation. Sigmoid networks end in a sigmoid, others do not. */
export interface TrainTask {
  readonly kind: "train";
  /** Widths from the inputs to the outputs. */
  readonly widths: readonly number[];
  readonly activation: "relu" | "sigmoid";
  readonly loss: "softmaxCrossEntropy" | "meanSquaredError";
  readonly optimizer: "sgd" | "adam";
  readonly learningRate: number;
  readonly batchSize: number | "full";
  readonly data: "dense" | "sparse" | "digits";
  readonly rows: number;
  /** Through the loop over shuffled epochs, or step by step on one batch of all rows. */
  readonly by: "fit" | "trainBatch";
}

/** The probabilities for `rows` rows at a time, of a network that ends in a softmax. */
export interface PredictTask {
  readonly kind: "predict";
  readonly widths: readonly number[];
  readonly rows: number;
}

/** Multiply-adds in registers: as fast as the machine, or an engine, can be. */
export interface PeakTask {
  readonly kind: "peak";
}

export type Task = ProductTask | MatmulTask | TrainTask | PredictTask | PeakTask;

/** What a task counts: examples, products and so on. */
export function unitOf(task: Task): string {
  if (task.kind === "train") return "examples/s";
  if (task.kind === "predict") return "rows/s";
  return task.kind === "peak" ? "GFLOP/s" : "products/s";
}

/** Floating-point operations of the products in one item; the first layer needs no gradient by its input. */
export function flopsOf(task: Task): number {
  switch (task.kind) {
    case "product":
      return 2 * task.batch * task.inputs * task.units;
    case "matmul":
      return 2 * task.size ** 3;
    case "peak":
      return 1e9;
    default: {
      const areas = areasOf(task.widths);
      const forward = 2 * areas.reduce((sum, area) => sum + area, 0);
      return task.kind === "predict" ? forward : 3 * forward - 2 * areas[0];
    }
  }
}

/** How many weights and biases a network of these widths has. */
export function parametersOf(widths: readonly number[]): number {
  const areas = areasOf(widths);
  return [...areas, ...widths.slice(1)].reduce((sum, count) => sum + count, 0);
}

function areasOf(widths: readonly number[]): readonly number[] {
  return widths.slice(1).map((units, i) => widths[i] * units);
}
