import type { Layer } from "../layers/layer.js";
import type { Loss, Total } from "../losses/loss.js";
import type { Matrix } from "../matrix.js";
import type { Accumulator } from "../metrics.js";
import { rowsOf } from "../rows-of.js";
import { measure } from "./measure.js";
import { leavesOf } from "./nesting.js";
import { withPenalties } from "./penalties.js";
import type { Sequential } from "./sequential.js";
import type { Team } from "./team.js";

/** What a training makes small, and measures: the loss, which may take the place of the last layer, and the metrics. */
export class Objective {
  /** The layers that training runs through: all, but for a last one that the loss takes over. */
  readonly chain: readonly Layer[];
  /** Those that add something to the loss. */
  private readonly penalized: readonly Layer[];
  /** Softmax before categoricalCrossEntropy, Sigmoid before binaryCrossEntropy: the loss works on its input instead. */
  private readonly head: Layer | undefined;
  private readonly loss: Loss;

  constructor(
    private readonly model: Sequential<string>,
    loss: Loss,
  ) {
    const leaves = leavesOf(model.layers);
    const last = leaves[leaves.length - 1];
    const fused = loss.fused?.after === last.type ? loss.fused : undefined;
    this.head = fused === undefined ? undefined : last;
    this.chain = fused === undefined ? leaves : leaves.slice(0, -1);
    this.penalized = this.chain.filter(({ isPenalized }) => isPenalized);
    this.loss = fused?.loss ?? loss;
  }

  /** The summed loss of these outputs, penalties of layers included, and its gradient where there is room for it. */
  total(team: Team | undefined, output: Matrix, y: Matrix, weight?: Matrix, dOutput?: Matrix): Total {
    if (team === undefined) return withPenalties(this.totalOf(output, y, weight, dOutput), this.penalized);
    const whole = team.addUp((start, count) => {
      const part = (m: Matrix) => rowsOf(m, start, count);
      return this.totalOf(part(output), part(y), weight && part(weight), dOutput && part(dOutput));
    });
    const total = withPenalties(whole, this.penalized);
    team.addPenalty(total.sum - whole.sum);
    return total;
  }

  private totalOf(output: Matrix, y: Matrix, weight?: Matrix, dOutput?: Matrix): Total {
    const { loss } = this;
    if (dOutput !== undefined && loss.totalAndGradient !== undefined) {
      return loss.totalAndGradient(output, y, weight, dOutput);
    }
    const total = loss.total(output, y, weight);
    const gradient = dOutput && loss.gradient(output, y, weight, dOutput);
    if (dOutput !== undefined && gradient !== undefined && gradient !== dOutput) {
      this.model.context.kernels.copy(gradient, dOutput);
    }
    return total;
  }

  /** Adds the rows to the metrics; in each process those of all. */
  measure(
    team: Team | undefined,
    metrics: readonly Accumulator[],
    output: Matrix,
    y: Matrix,
    weight: Matrix | undefined,
    training: boolean,
  ): void {
    if (metrics.length === 0) return;
    const prediction = this.head === undefined ? output : this.head.forward(output, training);
    const own = { prediction, target: y, weight };
    const all = team === undefined ? own : team.exchange(own);
    measure(metrics, this.loss, all.prediction, all.target, all.weight);
  }
}
