import type { Constraint } from "./constraints.js";
import type { Shards } from "./distributed/shards.js";
import type { Kernels, Storage } from "./kernels/kernels.js";
import { SettlingStorage } from "./kernels/settling-storage.js";
import { Matrix } from "./matrix.js";
import { Pending } from "./pending.js";
import type { Regularizer } from "./regularizers.js";
import { rowsOf } from "./rows-of.js";

/** A product with a longer inner side is computed at once: to keep it would save nothing. */
const LONGEST = 512;

/** Numbers that training changes: the value, and the gradient of the loss with respect to it, of one size. */
export class Parameter {
  /** Set it to `false` to freeze the parameter: it then gathers no gradient, and optimizers pass it by. */
  trainable = true;
  /** A penalty on the value that the model adds to the loss. */
  regularizer: Regularizer | undefined;
  /** What the value is brought back to after each step. */
  constraint: Constraint | undefined;
  private gradient: Matrix | undefined;
  /** The gradients of the own shards of a distributed batch but the first, whose place is that of the gradient. */
  private lanes: readonly Matrix[] = [];
  /** The same numbers, formed as soon as somebody looks. */
  private shown: Matrix | undefined;
  /** Whether the gradient is 0, whatever its memory holds. */
  private isClear = true;
  /** The gradient is xᵀ·dy, and not yet in its memory. */
  private x: Matrix | undefined;
  private dy: Matrix | undefined;
  /** What the gradient is still to be divided by. */
  private divisor = 1;

  /** @param name unique within its model, such as `0.weight` */
  constructor(
    readonly name: string,
    readonly value: Matrix,
    readonly kernels: Kernels,
    private readonly pending: Pending = new Pending(),
  ) {}

  /** ∂L/∂value. Layers add to it; the model clears it before each step. */
  get grad(): Matrix {
    const { rows, cols, storage } = this.memory;
    this.shown ??= new Matrix(rows, cols, new SettlingStorage(storage, () => this.settle()));
    return this.shown;
  }

  /** The same, kept by its layer alone, such as a running mean: it is never trainable, whoever says so. */
  fixed(): this {
    Object.defineProperty(this, "trainable", { get: () => false, set: () => {}, enumerable: true });
    return this;
  }

  /** Zeros of the value's size, in the same memory. */
  zeros(): Matrix {
    const { rows, cols } = this.value;
    return new Matrix(rows, cols, this.kernels.allocate(rows * cols));
  }

  /** Moves the gradient to `storage`: a model keeps all its gradients side by side. */
  placeGradient(storage: Storage): void {
    this.gradient = new Matrix(this.value.rows, this.value.cols, storage);
    this.shown = undefined;
  }

  /** Room for the gradients of more shards than one, until it is given none. */
  placeLanes(storages: readonly Storage[]): void {
    const { rows, cols } = this.value;
    this.lanes = storages.map((storage) => new Matrix(rows, cols, storage));
  }

  /** The gradient of one of the own shards; the first is `grad` itself, where training is not distributed too. */
  lane(index: number): Matrix {
    if (index === 0) return this.grad;
    this.settle();
    return this.lanes[index - 1];
  }

  /** grad = 0 */
  clearGradient(): void {
    this.isClear = true;
    this.x = undefined;
    this.dy = undefined;
    this.divisor = 1;
  }

  /** grad += xᵀ·dy */
  addTransposedProduct(x: Matrix, dy: Matrix): void {
    if (!this.trainable) return;
    if (this.isClear && this.pending.mayKeep && x.rows <= LONGEST) {
      this.isClear = false;
      this.x = x;
      this.dy = dy;
      this.pending.add(this);
      return;
    }
    if (this.pending.shards !== undefined) {
      this.addByShard(this.pending.shards, (grad, start, count, isFirst) => {
        this.kernels.transposedProduct(rowsOf(x, start, count), rowsOf(dy, start, count), grad, !isFirst);
      });
      return;
    }
    const isFirst = this.begin();
    this.kernels.transposedProduct(x, dy, this.memory, !isFirst);
  }

  /** grad += Σ over the rows of dy */
  addColumnSums(dy: Matrix): void {
    if (!this.trainable) return;
    if (this.pending.shards !== undefined) {
      this.addByShard(this.pending.shards, (grad, start, count, isFirst) => {
        this.kernels.columnSums(rowsOf(dy, start, count), grad, !isFirst);
      });
      return;
    }
    const isFirst = this.begin();
    this.kernels.columnSums(dy, this.memory, !isFirst);
  }

  /** grad += dw */
  addGradient(dw: Matrix): void {
    if (this.trainable) this.kernels.add(this.grad, dw, this.grad);
  }

  /** grad = grad / divisor */
  divideGradient(divisor: number): void {
    if (this.divisor !== 1) this.settle();
    this.divisor = divisor;
  }

  /** value += s·grad, for which the gradient need not be formed */
  descend(s: number): void {
    const { kernels, value, divisor } = this;
    if (this.x !== undefined && this.dy !== undefined) {
      kernels.descendProduct(this.x, this.dy, divisor, s, value);
    } else if (this.isClear) kernels.descend(this.grad, 1, s, value);
    else kernels.descend(this.memory, divisor, s, value);
  }

  /** Forms the gradient in its memory. */
  settle(): void {
    const { kernels, memory } = this;
    if (this.isClear) {
      kernels.fill(memory, 0);
      for (const lane of this.lanes) kernels.fill(lane, 0);
      this.isClear = false;
    } else if (this.x !== undefined && this.dy !== undefined) {
      kernels.transposedProduct(this.x, this.dy, memory);
      this.x = undefined;
      this.dy = undefined;
    }
    if (this.divisor === 1) return;
    kernels.divide(memory, this.divisor, memory);
    this.divisor = 1;
  }

  private get memory(): Matrix {
    this.gradient ??= this.zeros();
    return this.gradient;
  }

  /** Has the rows of each shard added to its gradient, or, where they are the first, overwrite it. */
  private addByShard(
    { starts }: Shards,
    add: (grad: Matrix, start: number, count: number, isFirst: boolean) => void,
  ): void {
    const isFirst = this.begin();
    for (let lane = 0; lane <= this.lanes.length; lane++) {
      const [start, end] = [starts[lane], starts[lane + 1]];
      const grad = lane === 0 ? this.memory : this.lanes[lane - 1];
      if (end > start) add(grad, start, end - start, isFirst);
      else if (isFirst) this.kernels.fill(grad, 0);
    }
  }

  /** Whether what comes next is the first part of the gradient, which overwrites what its memory holds. */
  private begin(): boolean {
    const isFirst = this.isClear;
    if (isFirst) this.isClear = false;
    else this.settle();
    return isFirst;
  }
}
