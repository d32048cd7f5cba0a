import { fail } from "../errors.js";
import type { Meaning, TargetKind } from "../losses/loss.js";
import type { Matrix } from "../matrix.js";
import { exp } from "../numeric/exponential.js";
import { log, log1p } from "../numeric/logarithm.js";
import { classAt, isYesAt, largest } from "./classes.js";
import { eachRow, expectSameWidth, failState, type Metric } from "./metric.js";
import type { ScoreGroups } from "./score-groups.js";
import { ScoredRows } from "./scored-rows.js";

/** A number of the rows of a column by their scores. */
export type Area = (groups: ScoreGroups) => number;

/** The mean over the columns of an area; each column is a class against the rest, or with `multiLabel` on its own. */
export function rankingMetric<Name extends string>(
  name: Name,
  { multiLabel = false }: { multiLabel?: boolean },
  area: Area,
): Metric<Name> {
  const isOfClasses = (columns: number) => columns > 1 && !multiLabel;
  const start = (columns: number, numbers: number[] = []) =>
    new ScoredRows(columns, isOfClasses(columns) ? 1 : columns, numbers);
  return {
    name,
    higherIsBetter: true,
    start(meaning, kind) {
      let rows = start(0);
      return {
        add(prediction, target, weight) {
          eachRow(name, rows.columns, prediction, target, weight, (r, w) => {
            const { cols } = prediction;
            const labels = isOfClasses(cols)
              ? [classAt(name, cols, target, r, kind)]
              : labelsOf(name, prediction, target, r, kind);
            if (rows.columns === 0) rows = start(cols);
            rows.push(w, labels, scoresOf(name, prediction, r, isOfClasses(cols) ? meaning : "value"));
          });
        },
        value() {
          const areas = rows.groups().map(area);
          return areas.reduce((sum, each) => sum + each, 0) / areas.length;
        },
        get state() {
          return rows.columns === 0 ? [] : [rows.columns, ...rows.numbers];
        },
        set state(numbers) {
          const restored = start(numbers[0] ?? 0, numbers.slice(1));
          if (!restored.isWhole) failState(name, "of whole rows", numbers.length);
          rows = restored;
        },
      };
    },
  };
}

/** 1 for yes and 0 for no, of each column. */
function labelsOf(
  name: string,
  prediction: Matrix,
  target: Matrix,
  r: number,
  kind: TargetKind | undefined,
): number[] {
  expectSameWidth(name, prediction, target);
  const { cols } = target;
  return Array.from({ length: cols }, (_, c) => Number(isYesAt(name, target, r * cols + c, kind)));
}

/** The predictions of row r, or for logits the logarithms of the odds of each class. */
function scoresOf(name: string, prediction: Matrix, r: number, meaning: Meaning): number[] {
  const { cols, data } = prediction;
  const z = Array.from(data.subarray(r * cols, (r + 1) * cols), (x) => {
    if (Number.isNaN(x)) fail(name, "scores that are numbers", "NaN");
    return finite(x);
  });
  return meaning === "logit" ? logOdds(z, largest(prediction, r)).map(finite) : z;
}

/** A state has no infinities. */
const finite = (x: number) => Math.max(-Number.MAX_VALUE, Math.min(Number.MAX_VALUE, x));

/**
 * ln(p / (1 − p)) for p = softmax z, which is **z_c − ln Σ e^z over the others**: in the order of p, and apart where p
 * rounds to 0 or 1.
 */
function logOdds(z: readonly number[], top: number): number[] {
  const second = z.reduce((max, x, c) => (c === top ? max : Math.max(max, x)), Number.NEGATIVE_INFINITY);
  const rest = (from: number) => z.reduce((sum, x, c) => (c === top ? sum : sum + exp(x - from)), 0);
  const belowTop = rest(z[top]);
  const topOdds = z[top] - second - log(rest(second));
  return z.map((x, c) => (c === top ? topOdds : x - z[top] - log1p(belowTop - exp(x - z[top]))));
}
