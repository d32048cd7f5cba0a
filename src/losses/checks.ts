import { fail } from "../errors.js";
import type { Matrix } from "../matrix.js";

const UNITS = "Check `units` of the last layer, and the targets.";

/** @throws ChainruleError unless targets are as wide as predictions of this many columns */
export function expectWidth(name: string, columns: number, target: Matrix): void {
  if (target.cols !== columns) {
    fail(name, `targets as wide as the predictions, ${columns} columns`, String(target.cols), UNITS);
  }
}

/**
 * For predictions that stand side by side in equal blocks, such as "[mean | variance]".
 * @throws ChainruleError unless the columns fall into that many blocks, and targets have `width` columns, by default
 * those of a block
 */
export function expectBlocks(
  name: string,
  form: string,
  columns: number,
  target: Matrix,
  width?: number,
): void {
  const blocks = form.split("|").length;
  if (columns % blocks !== 0) {
    fail(name, `predictions ${form} in ${blocks} equal blocks of columns`, `${columns} columns`, UNITS);
  }
  const wanted = width ?? columns / blocks;
  if (target.cols !== wanted) {
    fail(name, `targets of ${wanted} columns beside predictions ${form}`, String(target.cols), UNITS);
  }
}

/** @throws ChainruleError unless every number fits */
export function expectEach(
  name: string,
  { data }: Matrix,
  expected: string,
  fits: (x: number) => boolean,
  advice = "",
): void {
  for (const x of data) if (!fits(x)) fail(name, expected, String(x), advice);
}

/** @throws ChainruleError unless targets are as wide as predictions, and from 0 to 1 */
export function expectShares(name: string, columns: number, target: Matrix): void {
  expectWidth(name, columns, target);
  expectEach(name, target, "targets from 0 to 1", (t) => !(t < 0 || t > 1));
}

/** NaN passes, so that the loss shows it. @throws ChainruleError unless predictions are from 0 to 1 */
export function expectProbabilities(name: string, prediction: Matrix, advice: string, above = 0): void {
  expectEach(name, prediction, "probabilities from 0 to 1", (p) => !(p < 0 || p > 1 + above), advice);
}

/** @throws ChainruleError unless every target is 1 or −1 */
export function expectSigns(name: string, target: Matrix): void {
  const advice = "For labels of 0 and 1, use 2·label − 1.";
  expectEach(name, target, "targets of 1 and -1", (t) => t === 1 || t === -1, advice);
}
