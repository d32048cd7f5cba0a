import type { Batch } from "../data/dataset.js";
import { Buffers } from "../layers/buffers.js";
import type { Layer } from "../layers/layer.js";
import type { Loss, Total } from "../losses/loss.js";
import type { Matrix } from "../matrix.js";
import type { Accumulator } from "../metrics.js";
import type { Parameter } from "../parameter.js";
import { backward } from "./backward.js";
import type { CompileOptions } from "./compile.js";
import { explainNonFinite } from "./diagnose.js";
import { Door, type Rows } from "./door.js";
import { expectRows } from "./feed.js";
import { measure } from "./measure.js";
import { leavesOf } from "./nesting.js";
import { parameterPenalty, withPenalties } from "./penalties.js";
import type { Sequential } from "./sequential.js";

/** A compiled model at work: forward, loss, backward and step, on rows that are in its memory. */
export class Trainer {
  readonly door: Door;
  /** The layers that training runs through: all, but for a last one that the loss takes over. */
  private readonly chain: readonly Layer[];
  /** Those that add something to the loss. */
  private readonly penalized: readonly Layer[];
  /** The parameters of each of them. */
  private readonly parameters: readonly (readonly Parameter[])[];
  /** Softmax before categoricalCrossEntropy, Sigmoid before binaryCrossEntropy: the loss works on its input instead. */
  private readonly head: Layer | undefined;
  private readonly loss: Loss;
  private readonly outputs: number;
  private readonly buffers = new Buffers();
  /** The loss and the weight of the step's rows so far. */
  private sum = 0;
  /** Whether an optimizer looks at weights that it may not keep. */
  private isProbing = false;
  private weight = 0;

  /** @throws ChainruleError if the model is a part of another, which has its gradients */
  constructor(
    readonly model: Sequential<string>,
    readonly options: CompileOptions,
  ) {
    this.outputs = model.outputSize;
    model.gradients; // refuses a part of another model
    const leaves = leavesOf(model.layers);
    const last = leaves[leaves.length - 1];
    const fused = options.loss.fused?.after === last.type ? options.loss.fused : undefined;
    this.head = fused === undefined ? undefined : last;
    this.chain = fused === undefined ? leaves : leaves.slice(0, -1);
    this.penalized = this.chain.filter(({ isPenalized }) => isPenalized);
    this.parameters = this.chain.map((layer) => layer.parameters);
    this.loss = fused?.loss ?? options.loss;
    this.door = new Door(model.context, model.inputSize);
  }

  /** The names of what is measured: the loss, and the metrics. */
  get names(): readonly string[] {
    return ["loss", ...(this.options.metrics ?? []).map((metric) => metric.name)];
  }

  /** New accumulators for the metrics. */
  startMetrics(): readonly Accumulator[] {
    const { loss, metrics = [] } = this.options;
    return metrics.map((metric) => metric.start(loss.prediction ?? "value", loss.target));
  }

  /** The loss and what the metrics gathered, by name. */
  report(loss: number, metrics: readonly Accumulator[]): Record<string, number> {
    return Object.fromEntries(this.names.map((name, i) => [name, i === 0 ? loss : metrics[i - 1].value()]));
  }

  /** @throws ChainruleError unless the batch fits the model and its loss. */
  expect(who: string, batch: Batch): Batch {
    const checked = this.door.expect(who, batch);
    this.options.loss.checkTargets?.(this.outputs, checked.y);
    return checked;
  }

  /** Adds the gradient of these rows' summed loss to the parameters' `grad`; `isWhole`: the step has no other rows. */
  accumulate(rows: Rows, isWhole: boolean, metrics: readonly Accumulator[] = []): Total {
    const { position, kernels, pending } = this.model.context;
    if (position.example === 0) this.begin();
    const { x, y, sampleWeight } = this.door.take(rows);
    position.weights = sampleWeight;
    const output = this.forward(x, true);
    const dOutput = this.buffers.get(kernels, "dOutput", output.rows, output.cols);
    const total = withPenalties(this.differentiate(output, y, sampleWeight, dOutput), this.penalized);
    if (!Number.isFinite(total.sum) && !this.isProbing)
      explainNonFinite(this.model, this.chain, x, total.sum);
    this.measure(metrics, output, y, sampleWeight, true);
    pending.isOpen = isWhole;
    try {
      backward(this.chain, this.parameters, dOutput, isWhole && pending);
    } finally {
      pending.mayKeep = false;
      if (!isWhole) pending.isOpen = false;
      position.weights = undefined;
    }
    position.example += x.rows;
    this.sum += total.sum;
    this.weight += total.weight;
    return total;
  }

  /** The gradients of the last step are no longer wanted. */
  private begin(): void {
    this.model.context.pending.drop();
    for (const parameter of this.model.parameters) parameter.clearGradient();
    [this.sum, this.weight] = [0, 0];
  }

  /** The loss of these outputs, and its gradient. */
  private differentiate(output: Matrix, y: Matrix, weight: Matrix | undefined, dOutput: Matrix): Total {
    if (this.loss.totalAndGradient !== undefined) {
      return this.loss.totalAndGradient(output, y, weight, dOutput);
    }
    const total = this.loss.total(output, y, weight);
    const gradient = this.loss.gradient(output, y, weight, dOutput);
    if (gradient !== dOutput) this.model.context.kernels.copy(gradient, dOutput);
    return total;
  }

  /**
   * Divides the gathered gradient by its weight, adds the penalties, and steps. Returns the mean loss, penalties too.
   * `again` brings the rows of the step once more, for optimizers that look at more than one point.
   */
  step(again?: () => Iterable<Rows>): number {
    const { model, weight } = this;
    const { position, pending } = model.context;
    position.example = 0;
    try {
      if (weight === 0) return 0; // as if the rows were not there
      const loss = this.meanLoss();
      this.options.optimizer.step(model.parameters, again && (() => this.probe(again())));
      position.step++;
      return loss;
    } finally {
      pending.isOpen = false;
    }
  }

  /** Divides the gradient, and adds the penalties. */
  private meanLoss(): number {
    for (const parameter of this.model.parameters) parameter.divideGradient(this.weight);
    return this.sum / this.weight + this.penalty(true);
  }

  /** The mean loss and its gradient at the weights as they are now: not finite where they are no good. */
  private probe(rows: Iterable<Rows>): number {
    this.isProbing = true;
    try {
      for (const piece of rows) this.accumulate(piece, false);
      return this.meanLoss();
    } finally {
      this.isProbing = false;
      this.abandon();
    }
  }

  /** A whole step on one batch: the mean loss before it, penalties included. */
  trainBatch(batch: Batch): number {
    const checked = expectRows("trainBatch", this.expect("trainBatch", batch));
    this.options.optimizer.useWeights(this.model.parameters);
    try {
      const rows = { batch: checked, start: 0, count: checked.x.rows };
      this.accumulate(rows, true);
      return this.step(this.options.optimizer.batches === "full" ? () => [rows] : undefined);
    } finally {
      this.abandon();
    }
  }

  /** Gives its memory back: another one trains the model now. */
  release(): void {
    this.model.context.pending.settle();
    this.door.release();
    this.buffers.clear();
  }

  /** Throws away a step that was begun and not finished. */
  abandon(): void {
    const { position, pending } = this.model.context;
    position.example = 0;
    position.weights = undefined;
    pending.isOpen = false;
  }

  /** The summed loss of these rows, with nothing changed. */
  evaluate({ x, y, sampleWeight }: Batch, metrics: readonly Accumulator[]): Total {
    this.model.context.position.weights = sampleWeight;
    const output = this.forward(x, false);
    this.measure(metrics, output, y, sampleWeight, false);
    const total = withPenalties(this.loss.total(output, y, sampleWeight), this.penalized);
    this.model.context.position.weights = undefined;
    return total;
  }

  /** What the regularizers add to the mean loss; with `gradients`, their derivatives are added too. */
  penalty(gradients = false): number {
    return parameterPenalty(this.model.parameters, gradients);
  }

  private forward(x: Matrix, training: boolean): Matrix {
    let y = x;
    for (const layer of this.chain) y = layer.forward(y, training);
    return y;
  }

  private measure(
    metrics: readonly Accumulator[],
    output: Matrix,
    y: Matrix,
    weight: Matrix | undefined,
    training: boolean,
  ): void {
    if (metrics.length === 0) return;
    const prediction = this.head === undefined ? output : this.head.forward(output, training);
    measure(metrics, this.loss, prediction, y, weight);
  }
}
