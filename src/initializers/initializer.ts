import type { Matrix } from "../matrix.js";
import type { Random } from "../random.js";

/** Fills `value` with its first numbers. `fanIn` and `fanOut` count the inputs and outputs that a weight joins. */
export type Initializer = (value: Matrix, fan: Fan, random: Random) => void;

export interface Fan {
  readonly fanIn: number;
  readonly fanOut: number;
}
