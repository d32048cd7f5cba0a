import type { Kernels, Storage } from "../kernels/kernels.js";
import { Matrix } from "../matrix.js";

/** Matrices that are kept under a name and reused: nothing is allocated once the largest batch was seen. */
export class Buffers {
  private readonly kept = new Map<string, { storage: Storage; matrix: Matrix }>();

  /** The [rows × cols] matrix called `name`; its numbers are left over from its last use. */
  get(kernels: Kernels, name: string, rows: number, cols: number): Matrix {
    const old = this.kept.get(name);
    if (old !== undefined && old.matrix.rows === rows && old.matrix.cols === cols) return old.matrix;
    const length = rows * cols;
    const fits = old !== undefined && old.storage.length >= length;
    if (!fits) {
      old?.storage.release?.();
      this.kept.delete(name); // there may be no memory for the new one
    }
    const storage = fits ? old.storage : kernels.allocate(length);
    const matrix = new Matrix(rows, cols, storage.part(0, length));
    this.kept.set(name, { storage, matrix });
    return matrix;
  }

  clear(): void {
    for (const { storage } of this.kept.values()) storage.release?.();
    this.kept.clear();
  }
}
