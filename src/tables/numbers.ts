import {
  checkOptions,
  either,
  finite,
  flag,
  oneOf,
  optional,
  positive,
  type Rule,
  type Rules,
} from "../options.js";
import { type Cell, type Coder, isMissing, type Learner } from "./coder.js";

interface Missing {
  /** What stands for nothing: a number, or the mean of the column. Default: a row without a number is an error. */
  missing?: number | "mean";
  /** Whether a second number says, by 1, that there was nothing. Default: false. */
  indicator?: boolean;
}

export interface NumericOptions extends Missing {
  /** Learned: the mean, where it stands for nothing. */
  mean?: number;
}

export interface StandardizeOptions extends Missing {
  /** Learned. */
  mean?: number;
  /** Learned: the standard deviation, of all rows (divided by n). */
  deviation?: number;
}

export interface RescaleOptions extends Missing {
  /** Learned. */
  minimum?: number;
  /** Learned. */
  maximum?: number;
  /** Learned: the mean, where it stands for nothing. */
  mean?: number;
  /** The range that the numbers come to. Default: [0, 1]. */
  range?: readonly [number, number];
}

const missingRules: Rules = { missing: optional(either(finite, oneOf("mean"))), indicator: optional(flag) };
const pair: Rule = {
  expected: "two finite numbers, the smaller first",
  accepts: (v) => Array.isArray(v) && v.length === 2 && v.every(finite.accepts) && v[0] < v[1],
};

/** Numbers as they are; `true` is 1 and `false` is 0. */
export function numeric(options: NumericOptions = {}): Coder {
  checkOptions("numeric", options, { ...missingRules, mean: optional(finite) });
  return affine("numeric", options, { shift: 0, scale: 1 }, ({ mean }) =>
    numeric({ ...options, ...onlyMean(options, mean) }),
  );
}

/** (x − mean) / deviation; a column of one value becomes 0. */
export function standardize(options: StandardizeOptions = {}): Coder {
  checkOptions("standardize", options, {
    ...missingRules,
    mean: optional(finite),
    deviation: optional(either(positive, zero)),
  });
  const { mean, deviation } = options;
  const line =
    mean === undefined || deviation === undefined ? undefined : { shift: mean, scale: deviation || 1 };
  return affine("standardize", options, line, (s) =>
    standardize({ ...options, mean: s.mean, deviation: s.deviation }),
  );
}

/** From [minimum, maximum] to `range`; a column of one value becomes the start of the range. */
export function rescale(options: RescaleOptions = {}): Coder {
  checkOptions("rescale", options, {
    ...{ ...missingRules, minimum: optional(finite), maximum: optional(finite), mean: optional(finite) },
    range: optional(pair),
  });
  const { minimum, maximum, range: [low, high] = [0, 1] } = options;
  let line: Line | undefined;
  if (minimum !== undefined && maximum !== undefined) {
    const scale = (maximum - minimum || 1) / (high - low);
    line = { shift: minimum - low * scale, scale };
  }
  return affine("rescale", options, line, ({ minimum, maximum, mean }) => {
    return rescale({ ...options, minimum, maximum, ...onlyMean(options, mean) });
  });
}

const zero: Rule = { expected: "0", accepts: (v) => v === 0 };
const onlyMean = ({ missing }: Missing, mean: number) => (missing === "mean" ? { mean } : {});

/** y = (x − shift) / scale */
interface Line {
  readonly shift: number;
  readonly scale: number;
}

interface Statistics {
  readonly mean: number;
  readonly deviation: number;
  readonly minimum: number;
  readonly maximum: number;
}

function affine(
  type: string,
  options: Missing & { mean?: number },
  line: Line | undefined,
  fitted: (statistics: Statistics) => Coder,
): Coder {
  const { missing, indicator = false, mean } = options;
  const fill = missing === "mean" ? mean : missing;
  const isFitted = line !== undefined && !(missing === "mean" && mean === undefined);
  return {
    ...{ type, options, parts: isFitted ? (indicator ? ["", " is missing"] : [""]) : undefined },
    encode(value, to, at) {
      const isNothing = isMissing(value);
      const x = isNothing ? fill : asNumber(value);
      if (x === undefined) return "a number";
      const { shift, scale } = line as Line;
      to[at] = (x - shift) / scale;
      if (indicator) to[at + 1] = isNothing ? 1 : 0;
      return undefined;
    },
    decode: (from, at) => from[at] * (line as Line).scale + (line as Line).shift,
    learner: () => numberLearner(fill !== undefined || missing === "mean", fitted),
  };
}

function asNumber(value: Cell): number | undefined {
  if (typeof value === "boolean") return value ? 1 : 0;
  return typeof value === "number" && Number.isFinite(value) ? value : undefined;
}

/** Mean and deviation in one pass. B. Welford, "Note on a method for calculating corrected sums of squares", 1962. */
function numberLearner(mayMiss: boolean, fitted: (statistics: Statistics) => Coder): Learner {
  let [count, mean, squares] = [0, 0, 0];
  let [minimum, maximum] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  return {
    add(value) {
      if (isMissing(value)) return mayMiss ? undefined : "a number";
      const x = asNumber(value);
      if (x === undefined) return "a number";
      const delta = x - mean;
      mean += delta / ++count;
      squares += delta * (x - mean);
      minimum = Math.min(minimum, x);
      maximum = Math.max(maximum, x);
      return undefined;
    },
    done: () =>
      count === 0
        ? "at least one number"
        : fitted({ mean, deviation: Math.sqrt(squares / count), minimum, maximum }),
  };
}
