import type { Batch } from "../data/dataset.js";
import { expectBatch } from "../data/expect-batch.js";
import { fail } from "../errors.js";
import type { Matrix } from "../matrix.js";
import { expectRows } from "../model/feed.js";
import type { Sequential } from "../model/sequential.js";
import { checkOptions, integer, optional, type Rule, text } from "../options.js";
import { Random } from "../random.js";
import { expectModel } from "./expect-model.js";

export interface ImportanceOptions {
  /** Which number of `evaluate` to watch. Default: "loss". */
  measure?: string;
  /** How often each input is shuffled. Default: 5. */
  repeats?: number;
  /** Names of the inputs, for the report. Default: those of the model's table, or their numbers. */
  names?: readonly string[];
  /** Default: 0. */
  seed?: number;
}

/** How much worse the model is without an input. */
export interface Importance {
  readonly name: string;
  /** The mean over the repeats of: the measure with this input shuffled, minus the measure as it is. */
  readonly mean: number;
  /** The standard deviation of the same (divided by repeats − 1; 0 for one repeat). */
  readonly standardDeviation: number;
}

const texts: Rule = {
  expected: "a list of texts",
  accepts: (v) => Array.isArray(v) && v.every(text.accepts),
};

/**
 * How much the model needs each input: one column of x is shuffled over the rows, the others stay, and the model is
 * evaluated. A loss rises by what the input is worth; an accuracy falls. Inputs that say the same as others look
 * unimportant. The model is not changed. L. Breiman, "Random forests", 2001.
 * @throws ChainruleError for a model that is not compiled, data that does not fit, and a measure that there is not
 */
export async function permutationImportance<M extends string>(
  model: Sequential<M>,
  data: Batch,
  options: ImportanceOptions = {},
): Promise<Importance[]> {
  const who = "permutationImportance";
  checkOptions(who, options, {
    measure: optional(text),
    repeats: optional(integer(1)),
    names: optional(texts),
    seed: optional(integer(0)),
  });
  expectModel(who, model);
  const { x, ...others } = expectRows(who, expectBatch(who, data));
  const { measure = "loss", repeats = 5, seed = 0, names = model.options.table?.names } = options;
  if (names !== undefined && names.length !== x.cols) {
    fail(who, `a name for each of ${x.cols} inputs`, String(names.length));
  }
  const measured = async (inputs: Matrix): Promise<number> => {
    const report: Readonly<Record<string, number>> = await model.evaluate({ ...others, x: inputs });
    if (Object.hasOwn(report, measure)) return report[measure];
    return fail(who, `\`measure\` to be one of ${Object.keys(report).join(", ")}`, measure);
  };
  const whole = await measured(x);
  const random = Random.fromSeed(seed).child(who);
  const importances: Importance[] = [];
  for (let c = 0; c < x.cols; c++) {
    const shuffled = x.copy();
    const differences: number[] = [];
    for (let i = 0; i < repeats; i++) {
      const order = random.permutation(x.rows, c * repeats + i);
      for (let r = 0; r < x.rows; r++) shuffled.data[r * x.cols + c] = x.data[order[r] * x.cols + c];
      differences.push((await measured(shuffled)) - whole);
    }
    importances.push({ name: names?.[c] ?? String(c), ...momentsOf(differences) });
  }
  return importances;
}

function momentsOf(values: readonly number[]): Pick<Importance, "mean" | "standardDeviation"> {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return { mean, standardDeviation: Math.sqrt(squares / Math.max(1, values.length - 1)) };
}
