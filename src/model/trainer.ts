import type { Batch } from "../data/dataset.js";
import { describe, fail } from "../errors.js";
import { Buffers } from "../layers/buffers.js";
import type { Layer } from "../layers/layer.js";
import type { Loss, Total } from "../losses/loss.js";
import type { Matrix } from "../matrix.js";
import type { Accumulator } from "../metrics.js";
import type { CompileOptions } from "./compile.js";
import { explainNonFinite } from "./diagnose.js";
import { Door } from "./door.js";
import { expectRows } from "./feed.js";
import { leavesOf } from "./nesting.js";
import type { Sequential } from "./sequential.js";

/** A compiled model at work: forward, loss, backward and step, on rows that are in its memory. */
export class Trainer {
  readonly door: Door;
  /** The layers that training runs through: all, but for a last one that the loss takes over. */
  private readonly chain: readonly Layer[];
  /** Softmax before categoricalCrossEntropy, Sigmoid before binaryCrossEntropy: the loss works on its input instead. */
  private readonly head: Layer | undefined;
  private readonly loss: Loss;
  private readonly gradients: Matrix;
  private readonly buffers = new Buffers();
  private gathered = { sum: 0, weight: 0 };

  /** @throws ChainruleError if the model is a part of another, which has its gradients */
  constructor(
    readonly model: Sequential<string>,
    readonly options: CompileOptions,
  ) {
    this.gradients = model.gradients;
    const leaves = leavesOf(model.layers);
    const last = leaves[leaves.length - 1];
    const fused = options.loss.fused?.after === last.type ? options.loss.fused : undefined;
    this.head = fused === undefined ? undefined : last;
    this.chain = fused === undefined ? leaves : leaves.slice(0, -1);
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
    return metrics.map((metric) => metric.start(loss.prediction ?? "value"));
  }

  /** The loss and what the metrics gathered, by name. */
  report(loss: number, metrics: readonly Accumulator[]): Record<string, number> {
    const values = [loss, ...metrics.map((metric) => metric.value())];
    return Object.fromEntries(this.names.map((name, i) => [name, values[i]]));
  }

  /** @throws ChainruleError unless the batch fits the model and its loss. */
  expect(who: string, batch: Batch): Batch {
    const checked = this.door.expect(who, batch);
    this.options.loss.checkTargets?.(this.model.outputSize, checked.y);
    return checked;
  }

  /** Adds the gradient of these rows' summed loss to the parameters' `grad`. */
  accumulate({ x, y, sampleWeight }: Batch, metrics: readonly Accumulator[] = []): Total {
    const { position, kernels } = this.model.context;
    if (position.example === 0) {
      kernels.fill(this.gradients, 0);
      this.gathered = { sum: 0, weight: 0 };
    }
    const output = this.forward(x, true);
    const total = this.loss.total(output, y, sampleWeight);
    if (!Number.isFinite(total.sum)) explainNonFinite(this.model, this.chain, x, total.sum);
    this.measure(metrics, output, y, sampleWeight, true);
    const dOutput = this.buffers.get(kernels, "dOutput", output.rows, output.cols);
    this.backward(this.loss.gradient(output, y, sampleWeight, dOutput));
    position.example += x.rows;
    this.gathered = { sum: this.gathered.sum + total.sum, weight: this.gathered.weight + total.weight };
    return total;
  }

  /** Divides the gathered gradient by its weight, adds the penalties, and steps. Returns the mean loss, penalties too. */
  step(): number {
    const { model, gathered } = this;
    const { position, kernels } = model.context;
    position.example = 0;
    if (gathered.weight === 0) return 0; // as if the rows were not there
    kernels.divide(this.gradients, gathered.weight, this.gradients);
    const penalty = this.penalty(true);
    this.options.optimizer.step(model.parameters);
    position.step++;
    return gathered.sum / gathered.weight + penalty;
  }

  /** A whole step on one batch: the mean loss before it, penalties included. */
  trainBatch(batch: Batch): number {
    const checked = expectRows("trainBatch", this.expect("trainBatch", batch));
    try {
      this.accumulate(this.door.take({ batch: checked, start: 0, count: checked.x.rows }));
      return this.step();
    } finally {
      this.abandon();
    }
  }

  /** Throws away a step that was begun and not finished. */
  abandon(): void {
    this.model.context.position.example = 0;
  }

  /** The summed loss of these rows, with nothing changed. */
  evaluate({ x, y, sampleWeight }: Batch, metrics: readonly Accumulator[]): Total {
    const output = this.forward(x, false);
    this.measure(metrics, output, y, sampleWeight, false);
    return this.loss.total(output, y, sampleWeight);
  }

  /** What the regularizers add to the mean loss; with `gradients`, their derivatives are added too. */
  penalty(gradients = false): number {
    let sum = 0;
    for (const { name, regularizer, trainable, value, grad } of this.model.parameters) {
      if (regularizer === undefined) continue;
      const penalty = gradients && trainable ? regularizer(value, grad) : regularizer(value);
      if (!Number.isFinite(penalty)) fail("Training", `a finite penalty on ${name}`, describe(penalty));
      sum += penalty;
    }
    return sum;
  }

  private forward(x: Matrix, training: boolean): Matrix {
    let y = x;
    for (const layer of this.chain) y = layer.forward(y, training);
    return y;
  }

  /** Down to the lowest layer that trains, which need not say what its inputs would like to be. */
  private backward(dOutput: Matrix): void {
    const lowest = this.chain.findIndex((layer) => layer.parameters.some((parameter) => parameter.trainable));
    if (lowest < 0) return;
    const { context } = this.chain[lowest];
    context.wantsInputGradient = false;
    try {
      let dy = dOutput;
      for (let i = this.chain.length - 1; i >= lowest; i--) dy = this.chain[i].backward(dy);
    } finally {
      context.wantsInputGradient = true;
    }
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
    for (const metric of metrics) metric.add(prediction, y, weight);
  }
}
