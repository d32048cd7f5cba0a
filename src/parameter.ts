import type { Kernels, Storage } from "./kernels/kernels.js";
import { Matrix } from "./matrix.js";
import type { Regularizer } from "./regularizers.js";

/** Numbers that training changes: the value, and the gradient of the loss with respect to it, of one size. */
export class Parameter {
  /** Set it to `false` to freeze the parameter: it then gathers no gradient, and optimizers pass it by. */
  trainable = true;
  /** A penalty on the value that the model adds to the loss. */
  regularizer: Regularizer | undefined;
  private gradient: Matrix | undefined;

  /** @param name unique within its model, such as `0.weight` */
  constructor(
    readonly name: string,
    readonly value: Matrix,
    readonly kernels: Kernels,
  ) {}

  /** ∂L/∂value. Layers add to it; the model clears it before each step. */
  get grad(): Matrix {
    this.gradient ??= this.zeros();
    return this.gradient;
  }

  /** Zeros of the value's size, in the same memory. */
  zeros(): Matrix {
    const { rows, cols } = this.value;
    return new Matrix(rows, cols, this.kernels.allocate(rows * cols));
  }

  /** Moves the gradient to `storage`: a model keeps all its gradients side by side. */
  placeGradient(storage: Storage): void {
    this.gradient = new Matrix(this.value.rows, this.value.cols, storage);
  }

  /** grad += xᵀ·dy */
  addTransposedProduct(x: Matrix, dy: Matrix): void {
    if (this.trainable) this.kernels.transposedProduct(x, dy, this.grad, true);
  }

  /** grad += Σ over the rows of dy */
  addColumnSums(dy: Matrix): void {
    if (this.trainable) this.kernels.columnSums(dy, this.grad, true);
  }

  /** grad += dw */
  addGradient(dw: Matrix): void {
    if (this.trainable) this.kernels.add(this.grad, dw, this.grad);
  }
}
