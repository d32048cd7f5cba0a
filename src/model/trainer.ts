import type { Batch } from "../data/dataset.js";
import { Buffers } from "../layers/buffers.js";
import type { Layer } from "../layers/layer.js";
import type { Total } from "../losses/loss.js";
import type { Matrix } from "../matrix.js";
import type { Accumulator } from "../metrics.js";
import type { Parameter } from "../parameter.js";
import { backward } from "./backward.js";
import type { CompileOptions } from "./compile.js";
import { explainNonFinite } from "./diagnose.js";
import { Door, type Rows } from "./door.js";
import { expectRows } from "./feed.js";
import { Objective } from "./objective.js";
import { parameterPenalty } from "./penalties.js";
import type { Sequential } from "./sequential.js";
import type { Team } from "./team.js";

/** A compiled model at work: forward, loss, backward and step, on rows that are in its memory. */
export class Trainer {
  readonly door: Door;
  /** The processes that train together, while they do. */
  team: Team | undefined;
  private readonly objective: Objective;
  /** The layers that training runs through. */
  private readonly chain: readonly Layer[];
  /** The parameters of each of them. */
  private readonly parameters: readonly (readonly Parameter[])[];
  private readonly outputs: number;
  private readonly buffers = new Buffers();
  /** The loss of the step's rows so far. */
  sum = 0;
  /** What they weigh. */
  weight = 0;
  /** How many there were. */
  rows = 0;
  private isBegun = false;
  /** Whether an optimizer looks at weights that it may not keep. */
  private isProbing = false;

  /** @throws ChainruleError if the model is a part of another, which has its gradients */
  constructor(
    readonly model: Sequential<string>,
    readonly options: CompileOptions,
  ) {
    this.outputs = model.outputSize;
    model.gradients; // refuses a part of another model
    this.objective = new Objective(model, options.loss);
    this.chain = this.objective.chain;
    this.parameters = this.chain.map((layer) => layer.parameters);
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
  accumulate(piece: Rows, isWhole: boolean, metrics: readonly Accumulator[] = []): void {
    const { position, kernels, pending } = this.model.context;
    const { team, objective } = this;
    if (!this.isBegun) this.begin();
    const { x, y, sampleWeight } = this.door.take(team?.cut(piece, true) ?? piece);
    position.example = this.rows + (team?.offset ?? 0);
    position.weights = sampleWeight;
    const output = this.forward(x, true);
    const dOutput = this.buffers.get(kernels, "dOutput", output.rows, output.cols);
    const total = objective.total(team, output, y, sampleWeight, dOutput);
    if (!Number.isFinite(total.sum) && !this.isProbing)
      explainNonFinite(this.model, this.chain, x, total.sum);
    objective.measure(team, metrics, output, y, sampleWeight, true);
    const mayKeep = isWhole && team === undefined;
    pending.isOpen = mayKeep;
    try {
      backward(this.chain, this.parameters, dOutput, mayKeep && pending);
    } finally {
      pending.mayKeep = false;
      if (!mayKeep) pending.isOpen = false;
      position.weights = undefined;
    }
    this.rows += piece.count;
    this.sum += total.sum;
    this.weight += total.weight;
  }

  /** The gradients of the last step are no longer wanted. */
  private begin(): void {
    this.model.context.pending.drop();
    for (const parameter of this.model.parameters) parameter.clearGradient();
    this.team?.begin(`step ${this.model.context.position.step + 1}`);
    [this.sum, this.weight, this.rows, this.isBegun] = [0, 0, 0, true];
  }

  /** Ends what `accumulate` began: `sum`, `weight`, `rows` and the gradients are then those of all processes. */
  gather(): void {
    if (this.team !== undefined) Object.assign(this, this.team.reduce());
  }

  /**
   * Divides the gathered gradient by its weight, adds the penalties, and steps. Returns the mean loss, penalties too.
   * `again` brings the rows of the step once more, for optimizers that look at more than one point.
   */
  step(again?: () => Iterable<Rows>): number {
    const { model, weight } = this;
    const { position, pending } = model.context;
    [position.example, this.isBegun] = [0, false];
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
      this.gather();
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

  /** From now on this process is one of these, or works alone. */
  join(team: Team | undefined): void {
    this.team?.leave();
    this.team = team;
    team?.enter();
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
    [position.example, this.isBegun] = [0, false];
    position.weights = undefined;
    pending.isOpen = false;
  }

  /** The summed loss of these rows, or of the own ones among them, with nothing changed. */
  evaluate(piece: Rows, metrics: readonly Accumulator[], team?: Team): Total {
    const { objective } = this;
    const { position } = this.model.context;
    const { x, y, sampleWeight } = this.door.take(team?.cut(piece, false) ?? piece);
    position.weights = sampleWeight;
    const output = this.forward(x, false);
    objective.measure(team, metrics, output, y, sampleWeight, false);
    const total = objective.total(team, output, y, sampleWeight);
    position.weights = undefined;
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
}
