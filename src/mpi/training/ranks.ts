import type { Collective } from "../../distributed/collective.js";
import { startOf } from "../../distributed/shards.js";
import { fail } from "../../errors.js";
import type { Storage } from "../../kernels/kernels.js";
import type { Total } from "../../losses/loss.js";
import { Matrix } from "../../matrix.js";
import type { Rows } from "../../model/door.js";
import type { FitOptions } from "../../model/fit-options.js";
import type { FitPlan } from "../../model/fit-plan.js";
import type { Sequential } from "../../model/sequential.js";
import type { Snapshot } from "../../model/snapshot.js";
import type { Measured, Sums, Team } from "../../model/team.js";
import type { Trainer } from "../../model/trainer.js";
import { expectAlike } from "./agree.js";
import { trainingOf, weightsOf } from "./alike.js";
import { endBy, expectWholeEpochs } from "./endings.js";
import { HALFWORDS, readExactly, writeExactly } from "./halfwords.js";
import { SharedRows } from "./shared-rows.js";
import { SUMS, totalOf } from "./sums.js";

export interface TeamOptions {
  readonly settings: FitOptions;
  readonly collective: Collective;
  /** In how many shards each batch is cut, a multiple of the number of processes. */
  readonly shards: number;
  /** How many rows a step has in all, where each process brings its own. */
  readonly ownDataOf: number | undefined;
}

/** The processes that train a model together, as one of them sees it: which rows are its own, and the sums over all. */
export class Ranks implements Team {
  readonly collective: Collective;
  private readonly sharedRows: SharedRows;
  starts: readonly number[] = [];
  /** The own rows' place in the step's batch. */
  offset = 0;
  private last: Rows | undefined; // of the own data
  private isAgreed = false; // whether the present error is one of all processes
  private readonly lanes: number; // own shards
  private readonly first: number; // of them
  private readonly sums: Float64Array; // of each
  /** The gradients by each own shard. After the first, those of the model, there is room for the sums. */
  private readonly arenas: readonly Storage[];
  private readonly gradients: readonly Matrix[];

  constructor(
    private readonly model: Sequential<string>,
    private readonly options: TeamOptions,
  ) {
    const { collective, shards } = options;
    this.collective = collective;
    this.lanes = shards / collective.size;
    this.first = this.lanes * collective.rank;
    this.sums = new Float64Array(SUMS * this.lanes);
    this.sharedRows = new SharedRows(collective, model.context.dtype);
    const { kernels } = model.context;
    const length = model.gradients.cols;
    const tail = HALFWORDS * SUMS * shards + 1;
    this.arenas = Array.from({ length: this.lanes }, (_, lane) =>
      kernels.allocate(length + (lane === 0 ? tail : 0)),
    );
    this.gradients = this.arenas.map((arena) => new Matrix(1, length, arena.part(0, length)));
  }

  /** Takes the model's gradients to where they are added up. */
  enter(): void {
    this.model.moveGradients(this.arenas);
  }

  /** Takes them back, and gives the memory back. */
  leave(): void {
    this.model.context.pending.shards = undefined;
    this.model.moveGradients();
    for (const arena of this.arenas) arena.release?.();
  }

  expectSameTraining(trainer: Trainer, plan: FitPlan): void {
    const { collective, options, model } = this;
    collective.during?.(`the agreement before step ${model.context.position.step + 1}`);
    this.agree(() => expectAlike(collective, trainingOf(collective, trainer, plan, options.settings)));
  }

  expectSameWeights(epoch: number): void {
    this.collective.during?.(`the agreement after epoch ${epoch + 1}`);
    this.agree(() => expectAlike(this.collective, weightsOf(this.model, epoch)));
  }

  expectResumable({ progress }: Snapshot): void {
    if (this.share > 0) this.agree(() => expectWholeEpochs(progress));
  }

  /** How many rows each process brings to a step, where it brings its own. */
  get share(): number {
    const { ownDataOf: rows = 0, shards } = this.options;
    return startOf(this.first + this.lanes, shards, rows) - startOf(this.first, shards, rows);
  }

  /** No rows, for a process whose own data has ended before that of others. @throws ChainruleError if it never had any */
  get idle(): Rows | undefined {
    if (this.options.ownDataOf === undefined) return undefined;
    const { rank } = this.collective;
    const last =
      this.last ?? fail("fit with `ownData`", "a row of data on every rank", `none on rank ${rank}`);
    return { ...last, start: 0, count: 0 };
  }

  begin(what: string): void {
    this.sums.fill(0);
    this.collective.during?.(what);
  }

  /** The own rows of a piece of the step's batch. */
  cut(piece: Rows, isTraining: boolean): Rows {
    const { shards } = this.options;
    const ownDataOf = isTraining ? this.options.ownDataOf : undefined;
    const all = ownDataOf ?? piece.count;
    const first = startOf(this.first, shards, all);
    const most = ownDataOf === undefined ? all : piece.count;
    const starts = Array.from({ length: this.lanes + 1 }, (_, lane) =>
      Math.min(startOf(this.first + lane, shards, all) - first, most),
    );
    this.starts = starts;
    // Only until the end of the step: what a callback does with the model is a matter of its own process.
    if (isTraining) this.model.context.pending.shards = this;
    this.offset = first;
    this.sharedRows.place(all, first, ownDataOf !== undefined);
    if (ownDataOf === undefined) return { ...piece, start: piece.start + first, count: starts[this.lanes] };
    this.last = piece;
    return piece;
  }

  /** The loss of the own rows, shard by shard. */
  addUp(lossOf: (start: number, count: number) => Total): Total {
    let [sum, weight] = [0, 0];
    for (let lane = 0; lane < this.lanes; lane++) {
      const [start, count] = [this.starts[lane], this.starts[lane + 1] - this.starts[lane]];
      if (count === 0) continue;
      const total = lossOf(start, count);
      sum += total.sum;
      weight += total.weight;
      this.sums[SUMS * lane] += total.sum;
      this.sums[SUMS * lane + 1] += total.weight;
      this.sums[SUMS * lane + 2] += count;
    }
    return { sum, weight };
  }

  exchange(own: Measured): Measured {
    return this.sharedRows.exchange(own);
  }

  /** Adds to the loss what is not of a single shard. */
  addPenalty(penalty: number): void {
    this.sums[0] += penalty;
  }

  /** grad = Σ over all shards of theirs, in a tree that is the same for any number of processes; and the sums. */
  reduce(): Sums {
    const { parameters, context } = this.model;
    for (const parameter of parameters) parameter.settle();
    context.pending.shards = undefined;
    for (let stride = 1; stride < this.lanes; stride *= 2) {
      for (let i = 0; i + stride < this.lanes; i += 2 * stride) {
        context.kernels.add(this.gradients[i], this.gradients[i + stride], this.gradients[i]);
      }
    }
    const { data, length } = this.arenas[0];
    const tail = this.gradients[0].cols;
    data.fill(0, tail);
    writeExactly(this.sums, data, tail + HALFWORDS * SUMS * this.first);
    const { signal } = this.options.settings;
    data[length - 1] = Number(signal?.aborted === true);
    this.collective.allReduceSum(data);
    const all = readExactly(data, tail, SUMS * this.options.shards);
    if (data[length - 1] > 0) this.agree(() => endBy(signal));
    return totalOf(all);
  }

  /** The sums over all shards. */
  total(): Sums {
    return totalOf(this.gather(this.sums));
  }

  readonly gather = (own: Float64Array): Float64Array => {
    const width = own.length / this.lanes;
    const all = new Float64Array(width * this.options.shards);
    all.set(own, width * this.first);
    this.collective.allReduceSum(all);
    return all;
  };

  /** Work that throws the same error in each process, or in none. */
  agree<T>(work: () => T): T {
    this.isAgreed = true;
    const result = work();
    this.isAgreed = false;
    return result;
  }

  /** Ends all processes for an error that the others do not know: they would wait for this one. */
  abort(error: unknown): void {
    if (this.collective.size > 1 && !this.isAgreed) this.collective.abort(error);
  }

  /** Whether it is so for one of the processes. */
  any(isSo: boolean): boolean {
    const count = Float64Array.of(Number(isSo));
    this.collective.allReduceSum(count);
    return count[0] > 0;
  }
}
