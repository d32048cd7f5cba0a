import { type Batch, type Dataset, isDataset } from "../data/dataset.js";
import { peek } from "../data/peek.js";
import { describe, fail } from "../errors.js";
import type { Layer, LayerClass } from "../layers/layer.js";
import { Matrix } from "../matrix.js";
import type { Metric } from "../metrics.js";
import { Chain, type SequentialOptions } from "./chain.js";
import { type CompileOptions, expectCompilable } from "./compile.js";
import { Door } from "./door.js";
import { type EvaluateOptions, evaluate } from "./evaluate.js";
import { train } from "./fit.js";
import type { FitOptions } from "./fit-options.js";
import type { History, Report } from "./history.js";
import { leavesOf } from "./leaves.js";
import { predict } from "./predict.js";
import { summary } from "./summary.js";
import { type LayerTrace, trace } from "./trace.js";
import { Trainer } from "./trainer.js";
import { readWeights, type Weights, writeWeights } from "./weights.js";

/**
 * A model: layers one after the other, y = fₙ(… f₂(f₁(x))), that can be trained. It is itself a layer, so models nest;
 * a nested one inherits seed, dtype and memory. Built in the constructor when `input` is given, else at the first batch.
 */
export class Sequential<M extends string = never> extends Chain {
  static override readonly type: string = "Sequential";

  private compiled: CompileOptions | undefined;
  private trainer: Trainer | undefined;
  private entrance: Door | undefined;
  private running: string | undefined;

  /** @throws ChainruleError for an empty list, unknown options, or a layer that is in a model already */
  constructor(layers: readonly Layer[], options: SequentialOptions = {}) {
    super(layers, options);
  }

  /**
   * Says how to train. A last layer Softmax with categoricalCrossEntropy, or Sigmoid with binaryCrossEntropy, is trained
   * on its logits, to the same effect and exact at any size. Returns the model, typed by its metrics.
   */
  compile<const Metrics extends readonly Metric[] = readonly []>(
    options: CompileOptions<Metrics>,
  ): Sequential<Metrics[number]["name"]> {
    this.expectIdle("compile");
    expectCompilable(options);
    options.optimizer.claim(this);
    this.compiled = { ...options };
    this.trainer = undefined;
    return this as unknown as Sequential<Metrics[number]["name"]>;
  }

  /** Trains for some epochs, and resolves to what was measured in each. Yields to the event loop every 20 ms or so. */
  async fit(data: Batch | Dataset, options: FitOptions = {}): Promise<History<M>> {
    this.expectCompiled("fit");
    this.expectIdle("fit");
    this.running = "fit";
    try {
      const source = await this.buildFrom("fit", data);
      return (await train(this.trainerFor("fit"), source, options)) as History<M>;
    } finally {
      this.running = undefined;
    }
  }

  /** One step on this batch. Returns its mean loss before the step, penalties included. */
  trainBatch(x: Matrix, y: Matrix, sampleWeight?: Matrix): number {
    this.expectCompiled("trainBatch");
    this.expectIdle("trainBatch");
    this.buildFor("trainBatch", x);
    return this.trainerFor("trainBatch").trainBatch(
      sampleWeight === undefined ? { x, y } : { x, y, sampleWeight },
    );
  }

  /** The loss and the metrics over data, penalties included. */
  async evaluate(data: Batch | Dataset, options: EvaluateOptions = {}): Promise<Report<M>> {
    this.expectCompiled("evaluate");
    const source = await this.buildFrom("evaluate", data);
    return (await evaluate(this.trainerFor("evaluate"), source, options)) as unknown as Report<M>;
  }

  /** The outputs for x, [rows × outputs], in fresh memory: logits, unless the model ends in Softmax or Sigmoid. */
  predict(x: Matrix): Matrix {
    this.buildFor("predict", x);
    return predict(this, this.door, x);
  }

  /** Every layer's output for x, and with targets y the gradient of the mean loss by it, for people who want to look. */
  trace(x: Matrix, y?: Matrix): LayerTrace[] {
    this.buildFor("trace", x);
    this.door.expectInputs("trace", x);
    const leaves = leavesOf(this.layers);
    const inside = this.door.takeInputs(x, 0, x.rows);
    if (y === undefined) return trace(leaves, inside);
    const { loss } = this.expectCompiled("trace with targets");
    this.trainerFor("trace").expect("trace", { x, y });
    const gradients = this.gradients.copy();
    try {
      return trace(leaves, inside, { y, loss });
    } finally {
      this.kernels.copy(gradients, this.gradients);
    }
  }

  /** Copies of all weights, by name: `0.weight`, `0.bias` … */
  getWeights(): Weights {
    this.expectWeights("getWeights");
    return readWeights(this.parameters);
  }

  /** Copies weights into the model, all or none. @throws ChainruleError unless every name, size and dtype fits */
  setWeights(weights: Weights): void {
    this.expectWeights("setWeights");
    writeWeights(this.parameters, weights);
  }

  /** A second model with the same layers, weights and frozen parameters, not compiled. */
  clone(): Sequential {
    const layers = this.layers.map((layer): Layer => {
      return layer instanceof Sequential
        ? layer.clone()
        : new (layer.constructor as LayerClass)(layer.options as never);
    });
    const { layers: _, ...options } = this.options;
    const copy = new Sequential(layers, options);
    if (this.isBuilt && !copy.isBuilt) copy.buildRoot(this.inputShape);
    for (const [i, { value, trainable }] of this.parameters.entries()) {
      copy.parameters[i].value.data.set(value.data);
      copy.parameters[i].trainable = trainable;
    }
    return copy;
  }

  /** A table of the layers, their output shapes and their parameters. */
  summary(): string {
    return summary(this.layers, this.shapes);
  }

  override unbuild(): void {
    super.unbuild();
    [this.compiled, this.trainer, this.entrance] = [undefined, undefined, undefined];
  }

  private get door(): Door {
    this.entrance ??= new Door(this.context, this.inputSize);
    return this.entrance;
  }

  private trainerFor(who: string): Trainer {
    this.trainer ??= new Trainer(this, this.expectCompiled(who));
    return this.trainer;
  }

  private expectCompiled(who: string): CompileOptions {
    return (
      this.compiled ??
      fail(who, "a compiled model", "no call of compile", "Call compile({ loss, optimizer }) first.")
    );
  }

  private expectIdle(who: string): void {
    if (this.running === undefined) return;
    fail(
      who,
      "a model that is not being trained",
      `a ${this.running} that is still running`,
      "Await it first.",
    );
  }

  private expectWeights(who: string): void {
    if (!this.isBuilt) fail(who, "a built model", "none", "Give the model `input`, or a first batch.");
  }

  private buildFor(who: string, x: unknown): asserts x is Matrix {
    if (!Matrix.isMatrix(x)) fail(who, "a Matrix", describe(x), "Use Matrix.from(rows) for arrays.");
    if (!this.isBuilt) this.buildRoot([x.cols]);
  }

  /** Data as it came, or, where the first batch had to be looked at to build the model, all of it still to come. */
  private async buildFrom(who: string, data: Batch | Dataset): Promise<Batch | Dataset> {
    if (this.isBuilt) return data;
    if (!isDataset(data)) {
      this.buildFor(who, data?.x);
      return data;
    }
    const { first, all } = await peek(data);
    this.buildFor(who, first?.x);
    return all;
  }
}
