import type { Batch, Dataset } from "../data/dataset.js";
import { fail } from "../errors.js";
import { whileTraining } from "../kernels/select.js";
import type { Loss } from "../losses/loss.js";
import { Matrix } from "../matrix.js";
import type { Metric } from "../metrics.js";
import type { Optimizer } from "../optimizers/optimizer.js";
import { inspect } from "../printing.js";
import type { Row } from "../tables/coder.js";
import { Chain } from "./chain.js";
import { type CompileOptions, expectCompilable } from "./compile.js";
import { Door } from "./door.js";
import { type EvaluateOptions, evaluate, expectEvaluateOptions, feedOf } from "./evaluate.js";
import { expectRows } from "./feed.js";
import { whenBuilt, withData } from "./first-batch.js";
import { train } from "./fit.js";
import { expectFitOptions, type FitOptions } from "./fit-options.js";
import { planFit } from "./fit-plan.js";
import type { History, Report } from "./history.js";
import { predict } from "./predict.js";
import { remake } from "./remake.js";
import { inspected, summary } from "./summary.js";
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
  private running = false;

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
    this.trainer?.release();
    this.trainer = undefined;
    const last = this.compiled?.optimizer;
    if (last !== options.optimizer) last?.leave?.(this.parameters);
    this.compiled = { ...options };
    return this as unknown as Sequential<Metrics[number]["name"]>;
  }

  /** What the model was compiled with; nothing before `compile`. */
  get optimizer(): Optimizer | undefined {
    return this.compiled?.optimizer;
  }

  /** The loss that the model was compiled with; nothing before `compile`. */
  get loss(): Loss | undefined {
    return this.compiled?.loss;
  }

  /** What is reported beside the loss, as it was compiled. */
  get metrics(): readonly Metric[] {
    return this.compiled?.metrics ?? [];
  }

  /** Trains for some epochs, and resolves to what was measured in each. Yields to the event loop every 20 ms or so. */
  async fit(data: Batch | Dataset, options: FitOptions = {}): Promise<History<M>> {
    this.expectCompiled("fit");
    this.expectIdle("fit");
    expectFitOptions(data, options);
    options.signal?.throwIfAborted();
    return whileTraining(() => this.fitAlone(data, options));
  }

  private async fitAlone(data: Batch | Dataset, options: FitOptions): Promise<History<M>> {
    this.running = true;
    try {
      const prepare = (source: Batch | Dataset, first?: Batch) => {
        const trainer = this.trainerFor("fit", first);
        const plan = planFit(trainer, source, options);
        return () => train(trainer, plan);
      };
      return (await withData(this, "fit", data, prepare, options.signal)) as unknown as History<M>;
    } finally {
      this.running = false;
    }
  }

  /** One step on this batch. Returns its mean loss before the step, penalties included. */
  trainBatch(x: Matrix, y: Matrix, sampleWeight?: Matrix): number {
    this.expectCompiled("trainBatch");
    this.expectIdle("trainBatch");
    const batch = sampleWeight === undefined ? { x, y } : { x, y, sampleWeight };
    return whenBuilt(this, "trainBatch", x, () => this.trainerFor("trainBatch").trainBatch(batch));
  }

  /**
   * Puts the averages of the weights that the optimizer keeps in their place, as `fit` does when it ends; `fit` and
   * `trainBatch` go on with the weights. @throws ChainruleError for an optimizer that keeps none
   */
  useAverages(): void {
    this.expectIdle("useAverages");
    this.expectCompiled("useAverages").optimizer.useAverages(this.parameters);
  }

  /** The loss and the metrics over data, penalties included. */
  async evaluate(data: Batch | Dataset, options: EvaluateOptions = {}): Promise<Report<M>> {
    this.expectCompiled("evaluate");
    expectEvaluateOptions(options);
    const prepare = (source: Batch | Dataset, first?: Batch) => {
      const trainer = this.trainerFor("evaluate", first);
      const feed = feedOf(trainer, "evaluate", source, options.batchSize);
      return () => evaluate(trainer, feed, { who: "evaluate" });
    };
    return (await withData(this, "evaluate", data, prepare)) as unknown as Report<M>;
  }

  /**
   * The outputs for x, [rows × outputs], in fresh memory: logits, unless the model ends in Softmax or Sigmoid. A model
   * with a `table` takes a row, or several, as they are: `{ age: 3, city: "Rome" }`.
   */
  predict(x: Matrix | Row | readonly Row[]): Matrix {
    const { table, dtype } = this.options;
    const inputs = Matrix.isMatrix(x) || table === undefined ? (x as Matrix) : table.matrix(x, dtype);
    return whenBuilt(this, "predict", inputs, () => predict(this, this.door, inputs));
  }

  /** Every layer's output for x, and with targets y the gradient of the mean loss by it, for people who want to look. */
  trace(x: Matrix, y?: Matrix): LayerTrace[] {
    const loss = y && this.expectCompiled("trace with targets").loss;
    return whenBuilt(this, "trace", x, () => {
      this.door.expectInputs("trace", x);
      this.door.expectFinite("trace", "x", x);
      if (y !== undefined) expectRows("trace", this.trainerFor("trace").expect("trace", { x, y }));
      return trace(this, this.door.takeInputs(x, 0, x.rows), y && loss && { y, loss });
    });
  }

  /** Copies of all weights, by name: `0.weight`, `0.bias` … */
  getWeights(): Weights {
    this.expectWeights("getWeights");
    return readWeights(this.parameters);
  }

  /**
   * Copies weights into the model, all or none. An optimizer trains on from there with the state that it has; averages
   * that it keeps begin anew, for which weights of a nested model have to be set through the outer one.
   * @throws ChainruleError unless every name, size and dtype fits
   */
  setWeights(weights: Weights): void {
    this.expectWeights("setWeights");
    writeWeights(this.parameters, weights);
    this.compiled?.optimizer.restartAverages?.(this.parameters);
  }

  /** A second model with the same layers, weights and frozen parameters, not compiled. */
  clone(): Sequential {
    // A nested model has its dtype from the outer one.
    const copy = remake(this, this.isBuilt && !this.isRoot ? { dtype: this.context.dtype } : {});
    if (this.isBuilt && !copy.isBuilt) copy.buildRoot(this.inputShape);
    for (const [i, { value, trainable }] of this.parameters.entries()) {
      copy.parameters[i].value.data.set(value.data);
      copy.parameters[i].trainable = trainable;
    }
    return copy;
  }

  /** A table of the layers, their outputs, parameters and memory; what the optimizer keeps is known after its first step. */
  summary(): string {
    return summary(this);
  }

  override [inspect](): string {
    return inspected(this);
  }

  override get isTraining(): boolean {
    return this.running;
  }

  override unbuild(): void {
    super.unbuild();
    [this.trainer, this.entrance] = [undefined, undefined];
  }

  private get door(): Door {
    this.entrance ??= new Door(this.context, this.inputSize);
    return this.entrance;
  }

  /** @throws ChainruleError unless the first batch fits, where there is one to look at */
  private trainerFor(who: string, first?: Batch): Trainer {
    this.trainer ??= new Trainer(this, this.expectCompiled(who));
    if (first !== undefined) this.trainer.expect(who, first);
    return this.trainer;
  }

  private expectCompiled(who: string): CompileOptions {
    return (
      this.compiled ??
      fail(who, "a compiled model", "no call of compile", "Call compile({ loss, optimizer }) first.")
    );
  }

  private expectIdle(who: string): void {
    if (this.running)
      fail(who, "a model that is not being trained", "a fit that is still running", "Await it first.");
  }

  private expectWeights(who: string): void {
    if (!this.isBuilt)
      fail(who, "a built model", "one without weights yet", "Give the model `input`, or a first batch.");
  }
}
