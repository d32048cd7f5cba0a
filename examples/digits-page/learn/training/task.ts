import type { Matrix, Sequential } from "chainrule";
import type { Picture } from "./protocol.js";

/** Examples, and the labels that a network should find. */
export interface Examples {
  readonly x: Matrix;
  readonly labels: ArrayLike<number>;
}

/** What is to be learned, and what can be seen of it. */
export interface Task {
  readonly inputs: number;
  /** As many as there are classes, or 1 where there are two. */
  readonly outputs: number;
  /** Those to learn from. */
  readonly train: Examples;
  /** Some of them, to measure on. */
  readonly sample: Examples;
  /** Others, that are only measured on. */
  readonly validation: Examples;
  /** Writes these examples into the rows of `x`, as they are in this pass. */
  fill(x: Matrix, places: Uint32Array, pass: number): void;
  picture(model: Sequential): Picture;
  /** The least time between two pictures while it trains, in milliseconds. */
  readonly pictureEvery: number;
}

/** Copies these rows. */
export function copyRows(from: Matrix, places: Uint32Array, into: Matrix): void {
  const { cols } = from;
  const [source, target] = [from.data, into.data];
  for (let row = 0; row < places.length; row++) {
    const start = places[row] * cols;
    target.set(source.subarray(start, start + cols), row * cols);
  }
}
